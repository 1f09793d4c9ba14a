"""Merchandise that comes back: the effect depends on whether it was signed and delivered."""

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
from leases.enums import LeaseStatus, ReturnOutcome, Rule
from leases.models import Customer, Invoice, Lease, MerchandiseReturn, Program, Store, Terms

S = LeaseStatus
DAY = timedelta(days=1)
SOFA = InvoiceItem(1, "SF-1", "Roma", "Sofá", Decimal("700.00"), 1, Decimal("700.00"))
LAMPS = InvoiceItem(2, "LP-9", "", "Lámpara", Decimal("50.00"), 4, Decimal("200.00"))
TODAY = date(2026, 11, 21)
Bring = Callable[..., Lease]
Return = Callable[..., MerchandiseReturn]


@pytest.fixture
def lease(luna: Store, carla: Customer, now: datetime) -> Lease:
    program = Program.objects.create(
        merchant=luna.merchant, code="12m", frequencies=["biweekly", "monthly"],
        name_en="Twelve months", name_es="Doce meses", terms_en="x", terms_es="x",
        exchange_terms_en="x", exchange_terms_es="x",
    )  # fmt: skip
    return actions.apply(
        account_number="104477312", customer=carla, store=luna, decision=S.APPROVED,
        approval_limit=Decimal("1500.00"), program=program, by=None, now=now,
    )  # fmt: skip


@pytest.fixture
def bring(lease: Lease, now: datetime) -> Bring:
    """The lease to a status, a day for each step."""

    def brought(status: S, lines: tuple[InvoiceItem, ...] = (SOFA, LAMPS)) -> Lease:
        given: dict[str, Any] = {"lease": lease, "by": None}
        if status != S.APPROVED:
            actions.submit_invoice(
                number="F-1", total=Decimal("900.00"), lines=lines, frequency="monthly",
                now=now, **given,
            )  # fmt: skip
        if status in {S.LEASE_ACCEPTED, S.FUNDED}:
            actions.sign(now=now + DAY, **given)
        if status == S.FUNDED:
            actions.confirm_delivery(now=now + 2 * DAY, **given)
        lease.refresh_from_db()
        return lease

    return brought


@pytest.fixture
def give_back(lease: Lease, now: datetime) -> Return:
    def given_back(*items: ReturnedItem, **fields: Any) -> MerchandiseReturn:
        values: dict[str, Any] = {"returned_on": TODAY, "now": now + 3 * DAY, "by": None}
        with transaction.atomic():
            return actions.return_merchandise(lease=lease, items=items, **values | fields)

    return given_back


def refused(attempt: Callable[[], object]) -> str | None:
    with pytest.raises(ValidationError) as error:
        attempt()
    return error.value.error_list[0].code


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    "items",
    [(), (ReturnedItem(1, 1), ReturnedItem(2, 4, "LP-9"))],
    ids=["said in one word", "line by line"],
)
def test_the_whole_order_before_delivery_opens_the_approval_again(
    bring: Bring, give_back: Return, now: datetime, items: tuple[ReturnedItem, ...]
) -> None:
    """Contract void; same account number, same date of approval; the sixty days are cleared."""
    bring(S.LEASE_ACCEPTED)
    back = give_back(*items, reason=" Did not fit ")
    assert back.outcome == ReturnOutcome.VOIDED
    assert [(each["line_number"], each["quantity"]) for each in back.items] == [(1, 1), (2, 4)]
    lease = Lease.objects.get()
    assert (lease.account_number, lease.status) == ("104477312", S.APPROVED)
    assert (lease.approved_at, lease.expires_at) == (now, now + 90 * DAY)
    assert (lease.contracts_at, lease.signed_at) == (None, None)
    assert (lease.invoice_number, lease.invoice_total) == ("", None)
    assert not Terms.objects.exists()
    event = lease.status_events.last()
    assert event is not None
    assert (event.rule, event.reason) == (Rule.WHOLE_RETURN, "Did not fit")


@pytest.mark.requirement("R63", "R68")
def test_the_next_invoice_after_a_return_starts_new_sixty_days(
    bring: Bring, give_back: Return, now: datetime
) -> None:
    lease = bring(S.LEASE_ACCEPTED)
    give_back()
    at = now + 20 * DAY
    lease = actions.submit_invoice(
        lease=lease, number="F-1", total=Decimal("900.00"), lines=[SOFA, LAMPS], by=None, now=at
    )
    assert (lease.contracts_at, lease.expires_at) == (at, at + 60 * DAY)
    assert [each.version for each in lease.invoices.all()] == [2, 1]
    assert Terms.objects.get().cash_price == Decimal("900.00")


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    ("item", "total", "lines"),
    [
        (ReturnedItem(2, 4), "700.00", [(1, 1)]),
        (ReturnedItem(2, 1), "850.00", [(1, 1), (2, 3)]),
        (ReturnedItem(1, 0, price_each=Decimal("650.00")), "850.00", [(1, 1), (2, 4)]),
        (ReturnedItem(2, 2, "LP-9", Decimal("45.00")), "790.00", [(1, 1), (2, 2)]),
    ],
    ids=["a line", "a part of a line", "a lower price", "both"],
)
def test_a_part_before_delivery_amends_the_invoice(
    bring: Bring, give_back: Return, now: datetime, item: ReturnedItem, total: str,
    lines: list[tuple[int, int]],
) -> None:  # fmt: skip
    lease = bring(S.LEASE_ACCEPTED)
    deadline, events = lease.expires_at, lease.status_events.count()
    back = give_back(item, invoice_total=Decimal(total))
    assert back.outcome == ReturnOutcome.AMENDED
    lease.refresh_from_db()
    assert (lease.status, lease.expires_at) == (S.LEASE_ACCEPTED, deadline)
    assert lease.status_events.count() == events
    assert lease.invoice_total == Decimal(total)
    invoice = lease.invoices.all()[0]
    assert (invoice.version, invoice.number, invoice.total) == (2, "F-1", Decimal(total))
    assert [(each.line_number, each.quantity) for each in invoice.lines.all()] == lines
    terms = Terms.objects.get()
    assert (terms.cash_price, terms.total) == (Decimal(total), 2 * Decimal(total))
    assert terms.frequency == "monthly"


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    ("items", "total", "expected"),
    [
        ([ReturnedItem(1, 1, "SF-2")], None, "swapped_item"),
        ([ReturnedItem(3, 1)], None, "added_item"),
        ([ReturnedItem(2, 5)], None, "return_quantity"),
        ([ReturnedItem(2, -1)], None, "return_quantity"),
        ([ReturnedItem(1, 0, price_each=Decimal("700.01"))], None, "price_increase"),
        ([ReturnedItem(1, 0, price_each=Decimal("699.999"))], None, "amount_cents"),
        ([ReturnedItem(1, 0, price_each=Decimal(-1))], None, "amount_cents"),
        ([ReturnedItem(1, 0, price_each=Decimal("NaN"))], None, "amount_cents"),
        ([ReturnedItem(1, 0)], None, "nothing_returned"),
        ([ReturnedItem(2, 1), ReturnedItem(2, 1)], None, "line_number"),
        ([ReturnedItem(2, 1)], "800.00", "return_total"),
        ([], "800.00", "return_items"),
        ([], "900.00", "nothing_returned"),
        ([], "900.01", "price_increase"),
        ([ReturnedItem(2, 1)], "1850.00", "price_increase"),
        ([], "-1.00", "invoice_total"),
        ([], "9.999", "amount_cents"),
        ([], "NaN", "invoice_total"),
    ],
)
@pytest.mark.parametrize("status", [S.LEASE_ACCEPTED, S.FUNDED])
def test_a_return_never_swaps_adds_or_makes_dearer(
    bring: Bring, give_back: Return, status: S, items: list[ReturnedItem], total: str | None,
    expected: str,
) -> None:  # fmt: skip
    bring(status)
    new_total = None if total is None else Decimal(total)
    assert refused(lambda: give_back(*items, invoice_total=new_total)) == expected
    assert Lease.objects.get().status == status
    assert Invoice.objects.count() == 1
    assert not MerchandiseReturn.objects.exists()


@pytest.mark.requirement("R63")
def test_after_delivery_a_return_is_opened_and_the_lease_goes_on(
    bring: Bring, give_back: Return, now: datetime
) -> None:
    lease = bring(S.FUNDED)
    assert give_back(ReturnedItem(2, 3)).outcome == ReturnOutcome.OPENED
    lease.refresh_from_db()
    assert (lease.status, lease.invoice_total) == (S.FUNDED, Decimal("900.00"))
    assert refused(lambda: give_back(ReturnedItem(2, 2))) == "return_quantity"
    assert actions.return_availability(lease, now).available
    rest = give_back()
    assert [(each["line_number"], each["quantity"]) for each in rest.items] == [(1, 1), (2, 1)]
    assert refused(give_back) == "already_returned"
    assert not actions.return_availability(lease, now).available


def test_an_invoice_without_lines_comes_back_by_its_total(
    bring: Bring, give_back: Return, lease: Lease
) -> None:
    bring(S.LEASE_ACCEPTED, ())
    assert refused(lambda: give_back(ReturnedItem(1, 1))) == "return_total"
    assert give_back(invoice_total=Decimal("400.00")).outcome == ReturnOutcome.AMENDED
    lease.refresh_from_db()
    assert lease.invoice_total == Decimal("400.00")
    assert give_back(invoice_total=Decimal(0)).outcome == ReturnOutcome.VOIDED


def test_delivered_without_lines_a_part_is_not_yet_the_whole(
    bring: Bring, give_back: Return
) -> None:
    bring(S.FUNDED, ())
    assert give_back(invoice_total=Decimal("400.00")).outcome == ReturnOutcome.OPENED
    assert give_back().outcome == ReturnOutcome.OPENED
    assert refused(give_back) == "already_returned"


@pytest.mark.parametrize(
    ("status", "on", "expected"),
    [
        (S.LEASE_ACCEPTED, date(2026, 11, 22), "future_date"),
        (S.LEASE_ACCEPTED, date(2026, 11, 18), "returned_too_early"),
        (S.FUNDED, date(2026, 11, 19), "returned_too_early"),
    ],
)
def test_a_return_has_a_day_on_which_it_could_happen(
    bring: Bring, give_back: Return, status: S, on: date, expected: str
) -> None:
    bring(status)
    assert refused(lambda: give_back(returned_on=on)) == expected


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    ("status", "days", "outcome", "code"),
    [
        (S.APPROVED, 3, None, "nothing_to_return"),
        (S.CONTRACTS, 3, None, "return_before_signing"),
        (S.LEASE_ACCEPTED, 3, ReturnOutcome.VOIDED, ""),
        (S.LEASE_ACCEPTED, 60, None, "lease_expired"),
        (S.FUNDED, 3, ReturnOutcome.OPENED, ""),
        (S.FUNDED, 400, ReturnOutcome.OPENED, ""),
    ],
)
def test_whether_a_return_is_possible_is_said_beforehand(
    bring: Bring, give_back: Return, now: datetime, status: S, days: int,
    outcome: ReturnOutcome | None, code: str,
) -> None:  # fmt: skip
    lease = bring(status)
    at = now + days * DAY
    found = actions.return_availability(lease, at)
    assert (found.available, found.outcome, found.code) == (not code, outcome, code)
    if code:
        assert str(found.reason)
        assert refused(lambda: give_back(now=at)) == code
    else:
        assert give_back(now=at).outcome == outcome


@pytest.mark.parametrize("decision", [S.DENIED, S.PENDING, S.PREQUALIFIED, S.PRE_APPROVED])
def test_an_application_has_nothing_to_return(
    make_lease: Callable[..., Lease], carla: Customer, now: datetime, decision: S
) -> None:
    lease = make_lease(carla, "7700001", decision=decision)
    assert actions.return_availability(lease, now).code == "nothing_to_return"
