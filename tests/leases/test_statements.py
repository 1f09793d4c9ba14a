"""The payment history of any period: sums, and what the documents say."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.models import User
from common.company_day import business_day
from leases.actions import charge_late_fees, corrections, payments
from leases.csv_cells import guarded
from leases.documents.statement import recorded_by, statement_csv, statement_pdf
from leases.ledger_words import movement
from leases.models import Lease, LedgerEntry
from leases.queries.ledger import standing_of
from leases.queries.statement import statement_of

DAY = timedelta(days=1)


@pytest.fixture
def lease(deliver: Callable[..., Lease]) -> Lease:
    """Weekly from November 25, signed in California."""
    return deliver(state="CA")


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + 20 * DAY  # December 8: two were due


@pytest.fixture
def history(lease: Lease, later: datetime, ana: User, sofia: User) -> list[LedgerEntry]:
    """Paid, bounced, paid again; a late fee, waived in part."""
    first, *_ = payments.record_payment(
        lease=lease, amount=Decimal("38.46"), on=date(2026, 11, 27), method="check",
        reference="=HYPERLINK(1)", by=ana, now=later - 9 * DAY,
    )  # fmt: skip
    corrections.reverse(
        lease=lease, entry_id=first.pk, reason="+Cheque de Peña devuelto", by=sofia,
        now=later - 8 * DAY,
    )  # fmt: skip
    charge_late_fees(now=later - 8 * DAY)
    fee = lease.ledger.get(kind="fee")
    corrections.waive(
        lease=lease, entry_id=fee.pk, amount=Decimal("0.50"), reason="Cortesía", by=sofia, now=later
    )
    payments.record_payment(
        lease=lease, amount=Decimal("40.00"), on=business_day(later), method="cash", by=ana,
        now=later,
    )  # fmt: skip
    return list(lease.ledger.all())


@pytest.mark.requirement("R21")
def test_a_period_begins_with_what_was_due_before_it(
    lease: Lease, later: datetime, history: list[LedgerEntry]
) -> None:
    today = business_day(later)
    whole = statement_of(lease, until=today)
    assert (whole.since, whole.opening) == (date(2026, 11, 25), 0)
    assert [str(each.balance) for each in whole.movements] == [
        "38.46", "0.00", "38.46", "40.46", "78.92", "78.42", "38.42",
    ]  # fmt: skip
    assert whole.received == 40
    assert whole.closing == standing_of(lease, today).arrears
    december = statement_of(lease, since=date(2026, 12, 1), until=today)
    assert december.opening == Decimal("40.46")
    assert (december.charged, december.received, december.closing) == (
        Decimal("37.96"), 40, Decimal("38.42"),
    )  # fmt: skip
    past = statement_of(lease, since=date(2026, 11, 26), until=date(2026, 11, 27))
    assert (past.opening, past.closing, len(past.movements)) == (Decimal("38.46"), 0, 1)


def test_a_part_is_seen_by_itself(
    lease: Lease, later: datetime, history: list[LedgerEntry]
) -> None:
    fees = statement_of(lease, until=business_day(later), part="fees")
    assert [str(each.entry.amount) for each in fees.movements] == ["2.00", "-0.50"]
    assert fees.closing == Decimal("1.50")


def test_nothing_before_the_first_movement(lease: Lease, now: datetime) -> None:
    none = statement_of(lease, until=business_day(now))
    assert (none.movements, none.closing, none.since) == ([], 0, business_day(now))
    old = statement_of(lease, since=date(1999, 1, 1), until=date(1999, 12, 31))
    assert (old.movements, old.closing) == ([], 0)


def test_a_statement_is_one_question(
    lease: Lease, later: datetime, history: list[LedgerEntry],
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    with django_assert_num_queries(1):
        for each in statement_of(lease, until=business_day(later)).movements:
            assert movement(each.entry)
            assert recorded_by(each.entry)


def read(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.requirement("R21", "R22", "R23")
def test_the_paper_in_either_language(
    lease: Lease, later: datetime, history: list[LedgerEntry]
) -> None:
    found = statement_of(lease, until=business_day(later))
    paper = statement_pdf(lease, found, language="es", now=later, for_customer=False)
    assert paper.name == "historial-de-pagos-104477312-2026-12-08.pdf"
    text = read(paper.content)
    for words in (
        "Carla Peña", "Historial de pagos", "(hora ", "2 de diciembre de 2026", "Fecha de corte",
        "Cheque de Peña devuelto", "Sofía Ramírez", "$38.42", "5% del pago",
    ):  # fmt: skip
        assert words in " ".join(text.split())
    paper = statement_pdf(lease, found, language="en", now=later, for_customer=False)
    assert paper.name == "payment-history-104477312-2026-12-08.pdf"
    text = read(paper.content)
    for words in ("Payment history", "Cutoff date", "December 2, 2026", "5% of the payment"):
        assert words in " ".join(text.split())


def test_the_customers_paper_has_no_colleagues_and_none_of_their_words(
    lease: Lease, later: datetime, history: list[LedgerEntry]
) -> None:
    found = statement_of(lease, until=business_day(later))
    text = read(statement_pdf(lease, found, language="es", now=later, for_customer=True).content)
    assert "$38.42" in text
    for words in ("Ana Torres", "Sofía", "devuelto", "Cortesía"):
        assert words not in text


@pytest.mark.requirement("R36")
def test_the_audit_has_every_column_of_every_movement(
    lease: Lease, later: datetime, history: list[LedgerEntry]
) -> None:
    found = statement_of(lease, until=business_day(later))
    table = statement_csv(lease, found, language="es")
    assert table.name == "movimientos-104477312-2026-12-08.csv"
    content = table.content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(found.movements) == 8
    charge, paid, reversal, fee = rows[1:5]
    assert (charge["Fecha"], charge["Monto"], charge["Número de pago"]) == (
        "2026-11-25",
        "38.46",
        "1",
    )
    assert (paid["Monto"], paid["Registrado por"]) == ("-38.46", "Ana Torres")
    assert paid["Referencia"] == "'=HYPERLINK(1)"
    assert reversal["Motivo"] == "'+Cheque de Peña devuelto"
    assert reversal["Anula el movimiento"] == paid["Número de movimiento"]
    assert paid["Anulado por el movimiento"] == reversal["Número de movimiento"]
    assert reversal["Registrado el"].startswith("2026-11-30T")
    assert "5% del pago" in fee["Explicación"].replace("\u00a0", " ")
    for row, each in zip(rows[1:], found.movements, strict=True):
        assert row["Monto"] == str(each.entry.amount)
        assert row["Saldo vencido"] == str(each.balance)


@given(st.text(max_size=20))
def test_no_text_begins_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell.lstrip("'") == text.lstrip("'")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
