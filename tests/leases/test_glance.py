"""A lease at a glance: what whoever has the customer on the telephone looks at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from leases import actions
from leases.actions import disputed_charges
from leases.actions.corrections import reverse
from leases.actions.payments import record_payment
from leases.actions.send_quote import send_quote
from leases.models import Lease
from leases.queries.glance import glance

QUERIES = 7  # eight with automatic payments


@pytest.fixture
def late(deliver: Callable[..., Lease], now: datetime) -> Lease:
    """Two weekly payments of 38.46 are past due."""
    return deliver(at=now - timedelta(days=20))


@pytest.mark.requirement("R20", "R26")
def test_it_says_what_is_due_what_was_paid_and_what_buying_costs(
    late: Lease, ben: User, now: datetime
) -> None:
    record_payment(
        lease=late, amount=Decimal("38.46"), method="card", by=ben, now=now, on=now.date()
    )
    found = glance(late, now)
    assert found.money.past_due == Decimal("38.46")
    assert found.last_payment is not None
    assert found.last_payment.amount == Decimal("38.46")
    assert found.quote is not None
    assert found.quote.saving > 0
    assert found.clock["status"] == "funded"
    assert not found.is_undelivered


@pytest.mark.requirement("R77")
def test_it_says_what_is_under_review(late: Lease, ana: User, now: datetime) -> None:
    assert glance(late, now).under_review == 0
    entry = late.ledger.get(kind="charge", instalment__number=1)
    [charge] = disputed_charges.dispute_charges(
        late, {entry.pk: Decimal("8.46")}, pauses_fees=True, by=ana, now=now
    )
    assert glance(late, now).under_review == Decimal("8.46")
    disputed_charges.withdraw_charge(charge, by=ana, now=now)
    assert glance(late, now).under_review == 0


def test_a_reversed_payment_is_not_the_last(late: Lease, sofia: User, now: datetime) -> None:
    assert glance(late, now).last_payment is None
    paid = record_payment(
        lease=late, amount=Decimal("38.46"), method="card", by=sofia, now=now, on=now.date()
    )
    assert glance(late, now).last_payment is not None
    reverse(lease=late, entry_id=paid[0].pk, reason="Banco", by=sofia, now=now)
    assert glance(late, now).last_payment is None


def test_before_delivery_the_clock_runs_and_nothing_is_owed(lease: Lease, now: datetime) -> None:
    found = glance(lease, now)
    assert found.clock["runs"]
    assert (found.money.rows, found.last_payment, found.quote) == ([], None, None)
    actions.submit_invoice(lease=lease, number="F-1", total=Decimal("1000.00"), by=None, now=now)
    assert glance(Lease.objects.get(pk=lease.pk), now).is_undelivered


def test_a_quote_that_was_sent_today_is_known(late: Lease, ben: User, now: datetime) -> None:
    assert glance(late, now).sent is None
    quote, _is_new = send_quote(lease=late, by=ben, now=now)
    assert glance(late, now).sent == quote
    assert glance(late, now + timedelta(days=1)).sent is None
    late.customer.email = ""
    assert glance(late, now).sent is None, "it could only be made, not sent"


@pytest.mark.parametrize("payments", [0, 30])
def test_the_number_of_queries_does_not_grow(
    payments: int, late: Lease, ben: User, now: datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(payments):
        record_payment(
            lease=late, amount=Decimal("1.00"), method="cash", by=ben, now=now, on=now.date()
        )
    found = Lease.objects.with_parties().get(pk=late.pk)
    with django_assert_num_queries(QUERIES):
        glance(found, now)
