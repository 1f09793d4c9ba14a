"""The day from which a late fee may be due is stored: it agrees with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from common.company_day import business_day
from leases.actions import charge_late_fees
from leases.actions.corrections import adjust, reverse, waive
from leases.actions.payments import record_payment
from leases.actions.plans import cancel_plan, reschedule, restructure
from leases.enums import LedgerKind as K
from leases.late_fees import fee_for
from leases.models import Lease, LedgerEntry, Plan, Program, StateRule, Terms
from leases.queries.late_fees import behind, late_fee_rules
from leases.queries.ledger import standing_of
from leases.schedule import ScheduleRow

D = Decimal
DAY = timedelta(days=1)


@pytest.fixture
def lease(deliver: Callable[..., Lease], program: Program) -> Lease:
    """Carla's, signed in California: weekly payments of 38.46 from November 25, 2026."""
    Program.objects.filter(pk=program.pk).update(rescheduling_days=30, restructuring_payments=3)
    return deliver(state="CA")


def stored(lease: Lease) -> date | None:
    return Terms.objects.get(lease=lease).late_from


def without_fee(lease: Lease, today: date) -> list[ScheduleRow]:
    """What is unpaid and has had no fee, by the ledger."""
    had_one = set(lease.ledger.filter(kind=K.FEE).values_list("instalment", flat=True))
    rows = standing_of(lease, today).rows
    return [row for row in rows if row.left > 0 and row.id not in had_one]


def counted(lease: Lease, today: date) -> date | None:
    return min((row.due_on for row in without_fee(lease, today)), default=None)


# --- one act after another ------------------------------------------------------------------------


def test_it_follows_payments_fees_and_corrections(
    lease: Lease, now: datetime, ana: User, sofia: User
) -> None:
    first = business_day(now) + 7 * DAY
    assert stored(lease) == first
    paid = record_payment(
        lease=lease, amount=D("38.46"), on=business_day(now), by=ana, now=now
    )  # fmt: skip
    assert stored(lease) == first + 7 * DAY
    record_payment(lease=lease, amount=D("38.45"), on=business_day(now), by=ana, now=now)
    assert stored(lease) == first + 7 * DAY, "a cent is missing"
    record_payment(lease=lease, amount=D("0.01"), on=business_day(now), by=ana, now=now)
    assert stored(lease) == first + 14 * DAY
    reverse(lease=lease, entry_id=paid[0].pk, reason="Rebotó.", by=sofia, now=now)
    assert stored(lease) == first + 7 * DAY
    late = now + 20 * DAY
    assert charge_late_fees(now=late) == 1
    assert stored(lease) == first + 14 * DAY, "one fee for each"
    owed = standing_of(lease, business_day(late)).balance
    record_payment(lease=lease, amount=owed, on=business_day(late), by=ana, now=late)
    assert stored(lease) is None


def test_it_follows_a_payment_that_was_moved(lease: Lease, now: datetime, ana: User) -> None:
    first = business_day(now) + 7 * DAY
    plan = reschedule(
        lease=lease, number=1, to=first + 3 * DAY, note="Cobra el 28.", by=ana, now=now
    ).plan
    assert stored(lease) == first + 3 * DAY
    cancel_plan(plan=plan, reason="Se equivocó.", by=ana, now=now)
    assert stored(lease) == first


def test_a_fee_paid_and_taken_back_pays_rent(
    lease: Lease, now: datetime, ana: User, sofia: User
) -> None:
    late, first = now + 13 * DAY, business_day(now) + 7 * DAY
    on = business_day(late)
    same: dict[str, Any] = {"lease": lease, "on": on, "by": ana, "now": late}
    charge_late_fees(now=late)
    fee = lease.ledger.get(kind=K.FEE)
    record_payment(**same, amount=D("2.00"), part="fees")
    reverse(lease=lease, entry_id=fee.pk, reason="Error.", by=sofia, now=late)
    record_payment(**same, amount=D("38.46") + D("36.45"))
    assert stored(lease) == first + 7 * DAY, "a cent is missing"
    record_payment(**same, amount=D("0.01"))
    assert stored(lease) == first + 14 * DAY


def test_what_is_taken_off_a_payment_beyond_itself_pays_the_next(
    lease: Lease, now: datetime, ana: User
) -> None:
    first, today = lease.instalments.get(number=1), business_day(now)
    LedgerEntry.objects.create(
        lease=lease, kind=K.ADJUSTMENT, part="rent", amount=D("-40.00"), instalment=first,
        effective_on=first.due_on, reason="x", at=now,
    )  # fmt: skip
    assert stored(lease) == first.due_on + 7 * DAY
    record_payment(lease=lease, amount=D("36.92"), on=today, by=ana, now=now)
    assert stored(lease) == first.due_on + 14 * DAY


def test_what_came_late_is_looked_at_once(
    lease: Lease, now: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    """An import: past due before it was recorded here."""
    moment = now + 400 * DAY
    charge_late_fees(now=moment)
    old = lease.instalments.create(number=53, due_on=business_day(now + 300 * DAY), amount=10)
    LedgerEntry.objects.create(
        lease=lease, kind=K.CHARGE, part="rent", amount=10, effective_on=old.due_on,
        instalment=old, at=moment,
    )  # fmt: skip
    assert stored(lease) == old.due_on
    assert charge_late_fees(now=moment) == 0
    assert stored(lease) is None
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        charge_late_fees(now=moment)


def test_a_rule_that_changes_holds_at_once(lease: Lease, now: datetime) -> None:
    rule, late = StateRule.objects.get(state="CA"), business_day(now) + 10 * DAY
    assert behind(late_fee_rules(), late) == [lease.pk]
    StateRule.objects.filter(pk=rule.pk).update(grace_days_weekly=3)
    assert behind(late_fee_rules(), late) == []
    StateRule.objects.filter(pk=rule.pk).update(grace_days_weekly=2, late_fee_percent=None)
    assert behind(late_fee_rules(), late) == []


# --- whatever happens -----------------------------------------------------------------------------

AMOUNT = st.integers(1, 12_000).map(lambda amount: D(amount) / 100)
STEP = st.tuples(
    st.sampled_from(["pay", "pay", "pay", "reverse", "waive", "adjust", "move", "lower", "cancel"]),
    AMOUNT,
    st.integers(0, 12),  # days that pass before it
    st.integers(0, 9),  # days before on which it happened; which one it is about
)


def pick(rows: Iterable[Any], which: int) -> Any:
    found = list(rows)
    return found[which % len(found)] if found else None


def act(what: str, lease: Lease, amount: Decimal, which: int, by: User, now: datetime) -> None:
    """One of the ways the ledger grows; refused ones change nothing."""
    today = business_day(now)
    same: dict[str, Any] = {"lease": lease, "by": by, "now": now}
    if what == "pay":
        record_payment(**same, amount=amount, on=today - which * DAY)
    elif what == "adjust":
        adjust(**same, amount=amount if which % 2 else -amount, reason="x")
    elif what == "move" and (row := pick(standing_of(lease, today).rows, which)):
        reschedule(**same, number=row.number, to=row.due_on + (which + 1) * DAY, note="x")
    elif what == "lower":
        restructure(**same, count=2, percent=50, spread="later", note="x")
    elif what == "cancel" and (plan := pick(Plan.objects.filter(lease=lease), which)):
        cancel_plan(plan=plan, reason="x", by=by, now=now)
    elif what == "waive" and (fee := pick(lease.ledger.filter(kind=K.FEE), which)):
        waive(**same, entry_id=fee.pk, amount=min(amount, fee.amount), reason="x")
    elif what == "reverse":
        lines = lease.ledger.filter(reversed_by=None).exclude(kind__in=[K.CHARGE, K.REVERSAL])
        if line := pick(lines, which):
            reverse(**same, entry_id=line.pk, reason="x")


def check_unpaid(lease: Lease, today: date) -> None:
    rows = [row for row in standing_of(lease, today).rows if row.left > 0]
    expected = min((row.due_on for row in rows), default=None)
    assert Terms.objects.get(lease=lease).unpaid_from == expected


def check(lease: Lease, today: date) -> None:
    check_unpaid(lease, today)
    expected, found = counted(lease, today), stored(lease)
    days = [row.due_on for row in standing_of(lease, today).rows if row.amount > 0]
    if len(days) == len(set(days)):
        assert found == expected
    elif expected is not None:  # two on one day count as one: never later
        assert found is not None
        assert found <= expected


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=4, max_size=30))
def test_stored_is_what_the_ledger_says_and_no_fee_is_passed_over(
    lease: Lease, now: datetime, sofia: User, steps: list[tuple[str, Decimal, int, int]]
) -> None:
    rule = late_fee_rules()["CA"]
    with transaction.atomic():
        for what, amount, days, which in steps:
            now += days * DAY
            with suppress(ValidationError):
                act(what, lease, amount, which, sofia, now)
            today = business_day(now)
            check(lease, today)
            fees = [fee_for(row, "weekly", rule) for row in without_fee(lease, today)]
            assert charge_late_fees(now=now) == len([fee for fee in fees if fee])
            check(lease, today)
        transaction.set_rollback(True)
