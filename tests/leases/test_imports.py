"""A company's first day: files of customers, leases and payments."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from leases.enums import LeaseStatus, LedgerKind
from leases.imports import run
from leases.imports.columns import FILES
from leases.imports.problems import LineProblem
from leases.imports.run import Report, import_file, template
from leases.models import (
    Customer,
    Instalment,
    Lease,
    LedgerEntry,
    Merchant,
    Program,
    StatusEvent,
    Store,
)
from leases.queries.ledger import standing_of

pytestmark = pytest.mark.django_db

TABLES = (Customer, Lease, StatusEvent, Instalment, LedgerEntry)


def example(name: str) -> dict[str, str]:
    return next(csv.DictReader(io.StringIO(template(name))))


def csv_of(*rows: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def do(now: datetime, luna: Store) -> Callable[..., Report]:
    def do(data: str | bytes, **options: Any) -> Report:
        raw = data.encode() if isinstance(data, str) else data
        return import_file(io.BytesIO(raw), name="first-day.csv", now=now, **options)

    return do


def counts() -> list[int]:
    return [table._default_manager.count() for table in TABLES]


def codes(report: Report) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.code) for each in report.problems]


def lease_row(number: int = 0, **cells: str) -> dict[str, str]:
    row = example("leases")
    if number:
        row |= {
            "account_number": f"{200_000_000 + number}",
            "customer_email": f"c{number}@example.com",
        }
    return row | cells


# --- what is imported -----------------------------------------------------------------------------


def test_the_template_of_leases_imports_as_it_is(do: Callable[..., Report]) -> None:
    report = do(template("leases"))

    assert (report.file, report.rows, report.added, report.problems) == ("leases", 1, 1, [])
    lease = Lease.objects.select_related("customer", "store", "terms").get()
    assert (lease.account_number, lease.status, lease.customer.name, lease.customer.language) == (
        "900012345", "funded", "Lucía Peña", "es",
    )  # fmt: skip
    assert lease.terms.discount_rate == Decimal("0.65")
    assert (lease.delivered_at and lease.delivered_at.date()) == date(2026, 2, 9)


def test_the_schedule_is_charged_and_payments_lie_on_it(do: Callable[..., Report]) -> None:
    do(template("leases"))
    paid = example("payments")
    rows = [paid | {"payment_id": f"P-{n}", "paid_on": f"2026-03-{n:02}"} for n in range(1, 21)]

    report = do(csv_of(*rows))

    assert report.added == 20
    money = standing_of(Lease.objects.get(), date(2026, 6, 30))
    assert (money.received, money.paid_count) == (Decimal("769.20"), 20)
    assert [money.rows[0].amount, money.rows[51].amount] == [Decimal("38.46"), Decimal("38.54")]
    assert money.balance == Decimal("1230.80")


def test_history_leads_to_the_status_with_the_days_of_the_file(do: Callable[..., Report]) -> None:
    do(template("leases"))

    events = StatusEvent.objects.order_by("id").values_list("from_status", "to_status", "rule")
    assert list(events) == [
        ("", "approved", "application"),
        ("approved", "contracts", "invoice"),
        ("contracts", "contracts_received", "signature"),
        ("contracts_received", "lease_accepted", "acceptance"),
        ("lease_accepted", "funded", "delivery"),
    ]
    assert set(StatusEvent.objects.values_list("reason", flat=True)) == {"import: first-day.csv"}


@pytest.mark.parametrize("status", LeaseStatus.values)
def test_every_status_can_be_imported_with_a_history_that_ends_in_it(
    do: Callable[..., Report], status: str
) -> None:
    days = {"applied_on": "2026-08-20", "approved_on": "2026-08-20", "invoiced_on": "2026-10-20",
            "signed_on": "2026-10-21", "delivered_on": "2026-10-22"}  # fmt: skip
    if status in {"approval_expired", "contracts_expired"}:
        days = {
            name: day.replace("-10-", "-06-").replace("-08-", "-06-") for name, day in days.items()
        }
        days |= {"signed_on": "", "delivered_on": ""}
    cells = {
        "account_number",
        *(name for name in example("leases") if name.startswith("customer_")),
    }
    cells |= {"merchant", "store", "status", "applied_on"}
    if status in {"approved", "approval_expired"}:
        cells |= {"approval_limit", "approved_on"}
    elif status not in {"pre_approved", "prequalified", "denied", "pending", "in_process"}:
        cells = set(example("leases")) - {"first_due_on"}
        gone = {"contracts": ("signed_on", "delivered_on"), "contracts_received": ("delivered_on",),
                "lease_accepted": ("delivered_on",), "contracts_expired": ()}  # fmt: skip
        days |= dict.fromkeys(gone.get(status, ()), "")
    row = {name: cell if name in cells else "" for name, cell in (lease_row() | days).items()}
    row["status"] = status

    report = do(csv_of(row))

    assert codes(report) == []
    lease = Lease.objects.get()
    assert lease.status == status
    assert lease.status_events.order_by("-id")[0].to_status == status


def test_terms_follow_from_the_program_where_the_file_has_none(
    do: Callable[..., Report], luna: Store
) -> None:
    Program.objects.create(
        merchant=luna.merchant, code="clasico", frequencies=["monthly"],
        name_en="Classic", name_es="Clásico", terms_en="Terms", terms_es="Condiciones",
        exchange_terms_en="None", exchange_terms_es="Ninguno",
    )  # fmt: skip
    gone = dict.fromkeys(
        ("cash_price", "total_of_payments", "payments", "frequency", "buyout_rule"), ""
    )

    do(csv_of(lease_row(program="clasico", **gone)))

    terms = Lease.objects.get().terms
    assert (terms.total, terms.payments, terms.frequency) == (Decimal("2000.00"), 12, "monthly")


def test_an_option_fee_of_zero_is_one_whatever_the_program_has(
    do: Callable[..., Report], luna: Store
) -> None:
    Program.objects.create(
        merchant=luna.merchant, code="clasico", frequencies=["weekly"], option_fee=Decimal(25),
        name_en="Classic", name_es="Clásico", terms_en="Terms", terms_es="Condiciones",
        exchange_terms_en="None", exchange_terms_es="Ninguno",
    )  # fmt: skip
    fees = ("0.00", "$0", "12.50", "")
    rows = [
        lease_row(number, program="clasico", option_fee=fee)
        for number, fee in enumerate(fees, start=1)
    ]

    assert codes(do(csv_of(*rows))) == []

    kept = Lease.objects.order_by("pk").values_list("terms__option_fee", flat=True)
    assert list(kept) == [Decimal(0), Decimal(0), Decimal("12.50"), Decimal(25)]


def test_customers_alone(do: Callable[..., Report]) -> None:
    assert do(template("customers")).added == 1
    assert Customer.objects.get().user.has_usable_password() is False


def test_the_stores_sales_tax_holds_where_the_file_has_none(
    do: Callable[..., Report], luna: Store
) -> None:
    Store.objects.filter(pk=luna.pk).update(tax_rate=Decimal("8.250"))

    do(csv_of(lease_row(1), lease_row(2, tax_rate="0")))

    rates = Lease.objects.order_by("pk").values_list("terms__tax_rate", flat=True)
    assert list(rates) == [Decimal("8.250"), Decimal(0)]


@pytest.mark.parametrize("zone", ["America/Chicago", "Pacific/Auckland"])
def test_without_a_first_day_payments_begin_a_week_after_the_delivery(
    do: Callable[..., Report], settings: Any, zone: str
) -> None:
    settings.BUSINESS_TIME_ZONE = zone

    do(csv_of(lease_row(delivered_on="2026-02-09", first_due_on="")))

    assert Instalment.objects.get(number=1).due_on == date(2026, 2, 16)


def test_a_rate_of_nothing_is_a_rate(do: Callable[..., Report]) -> None:
    do(csv_of(lease_row(discount_rate="0")))

    assert Lease.objects.get().terms.discount_rate == Decimal(0)


def test_a_total_of_fewer_cents_than_payments(do: Callable[..., Report]) -> None:
    row = lease_row(invoice_total="1", cash_price="1", total_of_payments="1", payments="999")

    assert do(csv_of(row)).problems == []

    lease = Lease.objects.get()
    assert standing_of(lease, date(2026, 11, 18)).balance == Decimal("1.00")


# --- once more, and trials ------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(FILES))
def test_running_it_again_changes_nothing(do: Callable[..., Report], name: str) -> None:
    do(template("leases"))
    if name == "payments":
        do(template("payments"))
    do(template("customers"))
    before = counts()

    report = do(template(name))

    assert (report.added, report.unchanged, report.problems) == (0, 1, [])
    assert counts() == before


def test_a_dry_run_checks_and_keeps_nothing(do: Callable[..., Report]) -> None:
    report = do(template("leases"), dry_run=True)

    assert (report.added, counts()) == (1, [0] * len(TABLES))


def test_an_existing_customer_stays_as_registered(
    do: Callable[..., Report], carla: Customer
) -> None:
    row = lease_row(
        customer_email="CARLA@example.com", customer_name="carla  peña", customer_language="en"
    )

    assert do(csv_of(row)).added == 1

    carla.refresh_from_db()
    assert (carla.name, carla.language, carla.leases.count()) == ("Carla Peña", "es", 1)


# --- one bad row, and nothing is imported ---------------------------------------------------------

BAD_LEASES = {
    "limit": ({"invoice_total": "1600.00"}, "invoice_total", "invoice_total"),
    "negative": ({"invoice_total": "-5"}, "invoice_total", "amount"),
    "zero": ({"invoice_total": "0.00"}, "invoice_total", "amount"),
    "three decimals": ({"cash_price": "999.995"}, "cash_price", "amount_cents"),
    "decimal comma": ({"invoice_total": "1000,50"}, "invoice_total", "amount"),
    "not a number": ({"approval_limit": "NaN"}, "approval_limit", "amount"),
    "store": ({"store": "Luna Marte"}, "store", "store_unknown"),
    "other merchant's store": ({"merchant": "Nadie"}, "store", "store_unknown"),
    "program": ({"program": "gold"}, "program", "program_unknown"),
    "status": ({"status": "shipped"}, "status", "choice"),
    "delivery before signing": ({"delivered_on": "2026-02-04"}, "delivered_on", "date_order"),
    "no signature": ({"signed_on": ""}, "signed_on", "required_for"),
    "future": ({"delivered_on": "2027-01-01"}, "delivered_on", "future_date"),
    "US date": ({"signed_on": "02/05/2026"}, "signed_on", "date"),
    "no such day": ({"signed_on": "2026-02-30"}, "signed_on", "date"),
    "e-mail": ({"customer_email": "lucia@"}, "customer_email", "email"),
    "phone": ({"customer_phone": "12"}, "customer_phone", "phone"),
    "language": ({"customer_language": "fr"}, "customer_language", "choice"),
    "account": ({"account_number": "10 44"}, "account_number", "account_number"),
    "half the terms": ({"payments": ""}, "payments", "terms"),
    "total below price": ({"total_of_payments": "900"}, "total_of_payments", "total"),
    "rate": ({"discount_rate": "65"}, "discount_rate", "rate"),
    "rate in thousandths": ({"discount_rate": "0.655"}, "discount_rate", "rate"),
    "tax too fine": ({"tax_rate": "8.12345"}, "tax_rate", "rate"),
    "fee beyond its column": ({"option_fee": "9999999.00"}, "option_fee", "amount"),
    "fee below zero": ({"option_fee": "-1.00"}, "option_fee", "amount"),
    "price of zero": ({"cash_price": "0.00"}, "cash_price", "amount"),
    "no such state": ({"state": "ZZ"}, "state", "state"),
    "end of the calendar": ({"first_due_on": "9999-12-31"}, "first_due_on", "date_range"),
    "beginning of the calendar": ({"applied_on": "0001-01-01"}, "applied_on", "date_range"),
    "due before the invoice": ({"first_due_on": "2026-02-01"}, "first_due_on", "date_order"),
    "discount without rate": ({"discount_rate": ""}, "discount_rate", "discount_rate"),
    "denied with a limit": ({"status": "denied"}, "approval_limit", "lease_limit"),
    "an approval long over": ({"status": "approved"}, "status", "already_expired"),
    "empty": ({"customer_name": ""}, "customer_name", "required"),
    "too long": ({"merchandise": "x" * 201}, "merchandise", "too_long"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BAD_LEASES))
def test_a_bad_lease_is_named_by_line_and_column(do: Callable[..., Report], name: str) -> None:
    cells, column, code = BAD_LEASES[name]

    report = do(csv_of(lease_row(1), lease_row(2, **cells), lease_row(3)))

    assert codes(report) == [(3, column, code)]
    assert counts() == [0] * len(TABLES)


def test_every_bad_cell_of_every_row_is_reported_at_once(do: Callable[..., Report]) -> None:
    bad = lease_row(1, invoice_total="-1", signed_on="yesterday")

    report = do(csv_of(bad, lease_row(2), bad | {"store": ""}))

    assert codes(report) == [
        (2, "invoice_total", "amount"), (2, "signed_on", "date"),
        (4, "store", "required"), (4, "invoice_total", "amount"), (4, "signed_on", "date"),
    ]  # fmt: skip


def test_the_same_account_twice_across_chunks(
    do: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "CHUNK", 2)

    report = do(csv_of(lease_row(1), lease_row(2), lease_row(3), lease_row(1)))

    assert codes(report) == [(5, "account_number", "account_twice")]


def test_an_account_of_somebody_else(do: Callable[..., Report], lease: Lease) -> None:
    report = do(csv_of(lease_row(account_number=lease.account_number)))

    assert codes(report) == [(2, "account_number", "account_taken")]


def test_addresses_of_staff_and_of_other_people(
    do: Callable[..., Report], ana: Any, carla: Customer
) -> None:
    report = do(csv_of(
        lease_row(1, customer_email=ana.email), lease_row(2, customer_email=carla.email)
    ))  # fmt: skip

    assert codes(report) == [
        (2, "customer_email", "staff_email"), (3, "customer_name", "other_customer"),
    ]  # fmt: skip
    assert "Carla Peña" in str(report.problems[1])


BAD_PAYMENTS = {
    "another lease": ({"account_number": "999"}, "account_number", "account_unknown"),
    "future": ({"paid_on": "2027-01-01"}, "paid_on", "future_date"),
    "too much": ({"amount": "2000.01"}, "amount", "overpaid"),
    "negative": ({"amount": "-38.46"}, "amount", "amount"),
    "three decimals": ({"amount": "38.461"}, "amount", "amount_cents"),
    "before the application": ({"paid_on": "2025-01-01"}, "paid_on", "date_order"),
    "a card's number": ({"reference": "4111 1111 1111 1111"}, "reference", "account_in_text"),
    "without a number": ({"payment_id": ""}, "payment_id", "required"),
}


@pytest.mark.parametrize("name", list(BAD_PAYMENTS))
def test_a_bad_payment_changes_nothing(do: Callable[..., Report], name: str) -> None:
    do(template("leases"))
    before = counts()
    cells, column, code = BAD_PAYMENTS[name]

    report = do(csv_of(example("payments") | {"payment_id": "P-1"}, example("payments") | cells))

    assert codes(report) == [(3, column, code)]
    assert counts() == before


def test_payments_that_are_too_much_together(do: Callable[..., Report]) -> None:
    do(template("leases"))
    rows = [example("payments") | {"payment_id": f"P-{n}", "amount": "700"} for n in range(3)]

    assert codes(do(csv_of(*rows))) == [(4, "amount", "overpaid")]


def test_a_known_payment_with_another_amount(do: Callable[..., Report]) -> None:
    do(template("leases"))
    do(template("payments"))

    report = do(csv_of(example("payments") | {"amount": "10.00"}))

    assert codes(report) == [(2, "payment_id", "payment_differs")]


def test_payments_need_a_schedule(do: Callable[..., Report], lease: Lease) -> None:
    report = do(csv_of(example("payments") | {"account_number": lease.account_number}))

    assert codes(report) == [(2, "account_number", "no_schedule")]


# --- files as spreadsheets write them -------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_peña_is_intact_or_the_file_is_refused(do: Callable[..., Report], encoding: str) -> None:
    data = template("leases").encode(encoding)
    if encoding == "utf-16-le":  # no mark at the beginning
        with pytest.raises(LineProblem) as refused:
            do(data)
        assert refused.value.code == "encoding"
        return
    do(data)

    assert Customer.objects.get().name == "Lucía Peña"


def test_latin_1_is_refused_with_what_to_do_and_read_when_named(do: Callable[..., Report]) -> None:
    data = template("leases").encode("latin-1")

    report = do(data)

    assert [(each.line, each.code) for each in report.problems] == [(2, "encoding")]
    assert "cp1252" in str(report.problems[0])
    assert counts() == [0] * len(TABLES)
    do(data, encoding="cp1252")
    assert Customer.objects.get().name == "Lucía Peña"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(do: Callable[..., Report], delimiter: str) -> None:
    assert do(csv_of(lease_row(), delimiter=delimiter)).added == 1


def test_amounts_with_dollar_signs_and_thousands(do: Callable[..., Report]) -> None:
    do(csv_of(lease_row(invoice_total="$1,000.00", total_of_payments="2,000")))

    assert Lease.objects.get().invoice_total == Decimal("1000.00")


HEADERS = {
    b"": "empty_file",
    b"\r\n": "empty_file",
    b"name,age\r\nx,1\r\n": "header_missing",
    b"account_number,payment_id,paid_on,amount,amount\r\n": "header_twice",
    b"account_number,payment_id,paid_on,amount,card_number\r\n": "header_unknown",
    b"PK\x03\x04\x00\x00workbook": "workbook",
}


@pytest.mark.parametrize("data", list(HEADERS))
def test_a_file_that_is_none_of_ours(do: Callable[..., Report], data: bytes) -> None:
    with pytest.raises(LineProblem) as refused:
        do(data)
    assert refused.value.code == HEADERS[data]


def test_an_open_quotation_mark_and_a_short_row(do: Callable[..., Report]) -> None:
    do(template("leases"))
    head = "account_number,payment_id,paid_on,amount\r\n"

    short = do(head + "900012345,P-1,2026-03-01\r\n")
    opened = do(head + '900012345,"P-1,2026-03-01,5.00\r\n')

    assert codes(short) == [(2, "", "cells")]
    assert codes(opened) == [(2, "", "csv")]


@examples(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.binary(max_size=200))
def test_any_bytes_are_imported_or_refused(do: Callable[..., Report], data: bytes) -> None:
    head = b"account_number,payment_id,paid_on,amount\r\n"
    for each in (data, head + data):
        with suppress(LineProblem):
            assert do(each).added == 0


# --- the command ----------------------------------------------------------------------------------


def test_the_command_tells_in_spanish_and_by_exit_code(tmp_path: Path, luna: Store) -> None:
    path, report = tmp_path / "leases.csv", tmp_path / "problems.csv"
    path.write_text(csv_of(lease_row(1, invoice_total="-1"), lease_row(2)), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError) as wrong:
        call_command("import_leases", path, language="es", report=report, stdout=out, stderr=err)

    assert wrong.value.returncode == 1
    assert "1 problema en 2 filas. No se importó nada." in str(wrong.value)
    assert "línea 2, columna invoice_total" in err.getvalue()
    assert report.read_text(encoding="utf-8-sig").startswith("2,invoice_total,amount,")
    path.write_text(csv_of(lease_row(2)), encoding="utf-8")
    call_command("import_leases", path, stdout=out)
    assert "imported: 1. New: 1. Already there: 0." in out.getvalue()


def test_the_command_without_a_file_it_can_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(CommandError) as wrong:
            call_command("import_leases", path)
        assert wrong.value.returncode == 2


def test_ctrl_c_keeps_nothing(tmp_path: Path, luna: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "leases.csv"
    path.write_text(csv_of(lease_row(1), lease_row(2)), encoding="utf-8")
    monkeypatch.setattr(run, "CHUNK", 1)
    write = run.Leases.write

    def interrupted(self: Any, rows: Any) -> Any:
        if Lease.objects.exists():
            raise KeyboardInterrupt
        return write(self, rows)

    monkeypatch.setattr(run.Leases, "write", interrupted)
    with pytest.raises(CommandError) as stopped:
        call_command("import_leases", path)

    assert (stopped.value.returncode, counts()) == (130, [0] * len(TABLES))


def test_every_template_names_all_columns() -> None:
    with translation.override("es"):
        for name, file in FILES.items():
            assert list(example(name)) == list(file.columns)


def test_only_charges_and_payments_come_from_files(do: Callable[..., Report]) -> None:
    Merchant.objects.get_or_create(name="Mueblería Luna")
    do(template("leases"))
    do(template("payments"))

    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds == {LedgerKind.CHARGE, LedgerKind.PAYMENT}
