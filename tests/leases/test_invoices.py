"""The store's invoice: lines that add up, versions, and the terms that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from leases import actions
from leases.actions import InvoiceItem, ReturnedItem
from leases.enums import LeaseStatus
from leases.models import Customer, Invoice, Lease, Merchant, Program, Store, Terms

S = LeaseStatus
DAY = timedelta(days=1)
SOFA = InvoiceItem(1, "SF-1", "Roma", "Sofá", Decimal("700.00"), 1, Decimal("700.00"))
LAMPS = InvoiceItem(2, "LP-9", "", "Lámpara", Decimal("50.00"), 4, Decimal("200.00"))


@pytest.fixture
def program(luna: Store) -> Program:
    return Program.objects.create(
        merchant=luna.merchant, code="12m", frequencies=["biweekly", "monthly"],
        name_en="Twelve months", name_es="Doce meses", terms_en="x", terms_es="x",
        exchange_terms_en="x", exchange_terms_es="x",
    )  # fmt: skip


@pytest.fixture
def lease(luna: Store, carla: Customer, program: Program, now: datetime) -> Lease:
    return actions.apply(
        account_number="104477312", customer=carla, store=luna, decision=S.APPROVED,
        approval_limit=Decimal("1500.00"), program=program, by=None, now=now,
    )  # fmt: skip


@pytest.fixture
def submit(lease: Lease, now: datetime) -> Callable[..., Lease]:
    def submitted(**fields: Any) -> Lease:
        values: dict[str, Any] = {"number": "F-1", "total": Decimal("900.00"), "now": now}
        with transaction.atomic():
            return actions.submit_invoice(lease=lease, by=None, **values | fields)

    return submitted


@pytest.mark.requirement("R61")
def test_an_invoice_is_kept_line_by_line_and_sets_the_terms(submit: Callable[..., Lease]) -> None:
    lease = submit(lines=[SOFA, LAMPS], frequency="monthly", first_due_on=date(2026, 12, 1))
    assert (lease.status, lease.invoice_total) == (S.CONTRACTS, Decimal("900.00"))
    invoice = lease.invoices.get()
    assert (invoice.version, invoice.number) == (1, "F-1")
    assert [line.description for line in invoice.lines.all()] == ["Sofá", "Lámpara"]
    terms = lease.terms
    assert (terms.cash_price, terms.total, terms.payments) == (900, 1800, 12)
    assert (terms.frequency, terms.first_due_on) == ("monthly", date(2026, 12, 1))


def test_the_sales_tax_is_the_stores_on_that_day(submit: Callable[..., Lease]) -> None:
    Store.objects.update(tax_rate=Decimal("8.250"))
    assert submit().terms.tax_rate == Decimal("8.250")
    Store.objects.update(tax_rate=0)
    submit(number="F-2")
    assert Terms.objects.get().tax_rate == Decimal("8.250")


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(2027, 1, 19)])
def test_the_first_payment_is_due_within_62_days(submit: Callable[..., Lease], day: date) -> None:
    assert submit(first_due_on=day).terms.first_due_on == day


def test_sent_again_before_signing_it_is_a_new_version(
    submit: Callable[..., Lease], now: datetime
) -> None:
    submit(lines=[SOFA, LAMPS])
    lease = submit(number="F-2", total=Decimal("700.00"), lines=[SOFA], now=now + DAY)
    assert (lease.invoice_number, lease.invoice_total) == ("F-2", Decimal("700.00"))
    assert (lease.contracts_at, lease.status_events.count()) == (now, 2)
    assert [each.version for each in lease.invoices.all()] == [2, 1]
    assert Terms.objects.get().cash_price == Decimal("700.00")


def test_the_same_invoice_twice_is_one_version(submit: Callable[..., Lease]) -> None:
    submit(lines=[SOFA, LAMPS])
    submit(lines=[LAMPS, SOFA])
    assert Invoice.objects.count() == 1


CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "no number": ({"number": " "}, "invoice_number"),
    "nothing": ({"total": Decimal(0)}, "invoice_total"),
    "below zero": ({"total": Decimal("-1.00")}, "invoice_total"),
    "over the limit": ({"total": Decimal("1500.01")}, "invoice_total"),
    "no number at all": ({"total": Decimal("NaN")}, "invoice_total"),
    "without end": ({"total": Decimal("Infinity")}, "invoice_total"),
    "parts of a cent": ({"total": Decimal("9.999")}, "amount_cents"),
    "a line in parts of a cent": (
        {"lines": [SOFA._replace(price_each=Decimal("700.001"))]}, "amount_cents"),
    "a price below zero": (
        {"lines": [SOFA._replace(price_each=Decimal(-1), line_total=Decimal(-1))]}, "line_amount"),
    "none of it": ({"lines": [SOFA._replace(quantity=0, line_total=Decimal(0))]}, "line_amount"),
    "a line that does not multiply": (
        {"lines": [LAMPS._replace(line_total=Decimal("50.00"))]}, "line_total"),
    "a line twice": ({"lines": [SOFA, SOFA]}, "line_number"),
    "lines that do not add up": ({"lines": [SOFA]}, "lines_total"),
    "a frequency the program lacks": ({"frequency": "weekly"}, "frequency"),
    "a frequency nobody knows": ({"frequency": "daily"}, "frequency"),
    "due before today": ({"first_due_on": date(2026, 11, 17)}, "first_due_on"),
    "due after 62 days": ({"first_due_on": date(2027, 1, 20)}, "first_due_on"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_wrong_invoice_changes_nothing(
    submit: Callable[..., Lease], lease: Lease, name: str
) -> None:
    fields, expected = CHANGES[name]
    with pytest.raises(ValidationError) as error:
        submit(**fields)
    assert [each.code for each in error.value.error_list] == [expected]
    lease.refresh_from_db()
    assert (lease.status, lease.invoice_total) == (S.APPROVED, None)
    assert not Invoice.objects.exists()
    assert not Terms.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"number": "9" * 41}, "number"), ({"lines": [SOFA._replace(sku="x" * 61), LAMPS]}, "sku"),
     ({"lines": [SOFA._replace(description=""), LAMPS]}, "description"),
     ({"lines": [SOFA._replace(line_number=-1), LAMPS]}, "line_number")],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_field(
    submit: Callable[..., Lease], fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        submit(**fields)
    assert list(error.value.error_dict) == [field]
    assert not Invoice.objects.exists()


# --- what was agreed stays ------------------------------------------------------------------------

IMPORTED = {
    "cash_price": Decimal("900.00"), "total": Decimal("1980.00"), "payments": 78,
    "frequency": "weekly", "first_due_on": date(2026, 12, 4), "state": "CA",
    "tax_rate": Decimal("7.250"), "buyout_rule": "discount", "discount_rate": Decimal("0.65"),
    "option_fee": Decimal("15.00"),
}  # fmt: skip


@pytest.fixture(params=["with a program", "without one"])
def imported(request: pytest.FixtureRequest, submit: Callable[..., Lease], lease: Lease) -> Lease:
    """Under contract, with terms of its own from the file."""
    submit(lines=[SOFA, LAMPS])
    if request.param == "without one":
        Lease.objects.update(program=None)
    Terms.objects.update(**IMPORTED)
    return lease


def agreed() -> dict[str, Any]:
    found: dict[str, Any] = Terms.objects.values(*IMPORTED).get()
    return found


def test_another_total_changes_the_price_alone(
    imported: Lease, submit: Callable[..., Lease]
) -> None:
    submit(number="F-2", total=Decimal("600.00"))
    assert agreed() == IMPORTED | {"cash_price": Decimal("600.00"), "total": Decimal("1320.00")}


@pytest.mark.requirement("R63")
def test_a_return_changes_the_price_alone(imported: Lease, now: datetime) -> None:
    actions.sign(lease=imported, by=None, now=now)
    actions.return_merchandise(
        lease=imported, returned_on=date(2026, 11, 18), items=[ReturnedItem(2, 4)], by=None, now=now
    )
    assert agreed() == IMPORTED | {"cash_price": Decimal("700.00"), "total": Decimal("1540.00")}


def test_another_rhythm_is_a_years_where_a_program_says_so(
    imported: Lease, submit: Callable[..., Lease]
) -> None:
    payments = 12 if submit().program else 78
    day = date(2026, 12, 18)
    submit(frequency="monthly", first_due_on=day)
    assert agreed() == IMPORTED | {
        "frequency": "monthly", "payments": payments, "first_due_on": day,
    }  # fmt: skip


def test_what_the_terms_say_may_be_said_again_later(
    imported: Lease, submit: Callable[..., Lease], now: datetime
) -> None:
    """The day has passed by then, and the program never offered this rhythm."""
    submit(
        lines=[SOFA, LAMPS], frequency="weekly", first_due_on=date(2026, 12, 4), now=now + 30 * DAY
    )
    assert agreed() == IMPORTED
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("said", [{"frequency": "monthly"}, {"first_due_on": date(2026, 12, 1)}])
def test_without_a_program_nothing_is_said_of_payments_in_vain(
    submit: Callable[..., Lease], said: dict[str, Any]
) -> None:
    Lease.objects.update(program=None)
    with pytest.raises(ValidationError) as error:
        submit(**said)
    assert error.value.error_list[0].code == "no_program"
    assert not Invoice.objects.exists()


# --- delivery -------------------------------------------------------------------------------------


@pytest.mark.requirement("R64")
def test_a_delivery_starts_the_payments(
    submit: Callable[..., Lease], lease: Lease, now: datetime
) -> None:
    submit(frequency="biweekly")
    actions.sign(lease=lease, by=None, now=now)
    late = now + 3 * DAY
    funded = actions.confirm_delivery(
        lease=lease, delivered_on=date(2026, 11, 19), by=None, now=late
    )
    assert funded.status == S.FUNDED
    assert funded.delivered_at is not None
    assert funded.delivered_at.date() == date(2026, 11, 19)
    assert lease.instalments.count() == 26
    assert lease.instalments.order_by("number")[0].due_on == date(2026, 11, 26)


@pytest.mark.requirement("R64")
@pytest.mark.parametrize(
    ("frequency", "first", "days"),
    [
        ("biweekly", date(2026, 11, 20), [date(2026, 12, 18), date(2027, 1, 1)]),
        ("biweekly", date(2026, 12, 10), [date(2026, 12, 24), date(2027, 1, 7)]),
        ("biweekly", date(2026, 12, 11), [date(2026, 12, 11), date(2026, 12, 25)]),
        ("monthly", date(2026, 11, 30), [date(2026, 12, 30), date(2027, 1, 30)]),
    ],
    ids=["before the delivery", "on its day", "the day after", "monthly"],
)
def test_no_payment_falls_due_before_the_merchandise_is_there(
    submit: Callable[..., Lease], lease: Lease, now: datetime, frequency: str, first: date,
    days: list[date],
) -> None:  # fmt: skip
    terms = submit(frequency=frequency, first_due_on=first).terms
    actions.sign(lease=lease, by=None, now=now)
    actions.confirm_delivery(lease=lease, by=None, now=now + 22 * DAY)  # on December 10
    due = list(lease.instalments.order_by("number").values_list("due_on", flat=True))
    assert due[:2] == days
    assert len(due) == terms.payments
    assert sum(each.amount for each in lease.instalments.all()) == terms.total


def test_delivered_on_the_day_of_signing_is_after_the_signature(
    submit: Callable[..., Lease], lease: Lease, now: datetime
) -> None:
    submit()
    evening = now + timedelta(hours=9)
    actions.sign(lease=lease, by=None, now=evening)
    funded = actions.confirm_delivery(
        lease=lease, delivered_on=date(2026, 11, 18), by=None, now=now + DAY
    )
    assert funded.delivered_at == evening


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 11, 20), "future_date"), (date(2026, 11, 17), "delivered_before_signing")],
)
def test_a_delivery_happened_after_the_signature_and_not_tomorrow(
    submit: Callable[..., Lease], lease: Lease, now: datetime, on: date, expected: str
) -> None:
    submit()
    actions.sign(lease=lease, by=None, now=now)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.confirm_delivery(lease=lease, delivered_on=on, by=None, now=now + DAY)
    assert error.value.error_list[0].code == expected
    assert Lease.objects.get().status == S.LEASE_ACCEPTED


def test_tomorrow_is_said_by_the_clock_of_the_business(
    submit: Callable[..., Lease], lease: Lease, now: datetime
) -> None:
    """At eleven at night in Chicago it's already tomorrow in UTC."""
    submit()
    actions.sign(lease=lease, by=None, now=now)
    night = now + timedelta(hours=13)
    assert night.date() == date(2026, 11, 19)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.confirm_delivery(lease=lease, delivered_on=night.date(), by=None, now=night)
    assert error.value.error_list[0].code == "future_date"


def test_a_program_of_another_merchant_is_refused(
    luna: Store, program: Program, carla: Customer, now: datetime
) -> None:
    other = Merchant.objects.create(name="Sol")
    store = Store.objects.create(merchant=other, name="Sol", city="Waco", state="TX")
    with pytest.raises(ValidationError) as error:
        actions.apply(
            account_number="7700001", customer=carla, store=store, decision=S.PENDING,
            program=program, by=None, now=now,
        )  # fmt: skip
    assert error.value.error_list[0].code == "foreign_program"
