"""Agreeing about payments: the ledger's total stays, and a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from common.company_day import business_day
from leases.actions.corrections import adjust, reverse, waive
from leases.actions.payments import record_payment
from leases.actions.plans import (
    Agreement,
    agree_recovery,
    cancel_plan,
    close_fulfilled_plans,
    reschedule,
    restructure,
)
from leases.enums import LedgerKind, Part, PlanKind, PromiseState, Spread
from leases.models import Instalment, Lease, LedgerEntry, Plan, PlanPromise, Program
from leases.plan_terms import Payment, proposed
from leases.queries.ledger import standing_of
from leases.queries.missed import with_missed_promises
from leases.queries.plan_list import listed_plans
from leases.queries.plans import promises_in_force, recovery_in_force
from leases.schedule import State
from leases.tasks import close_fulfilled_plans as task
from tests import clock

D = Decimal


@pytest.fixture
def funded(deliver: Callable[..., Lease], program: Program) -> Lease:
    """Carla's: weekly payments of 38.46, the first on November 25, 2026."""
    accepts(program)
    return deliver()


def accepts(program: Program, **policy: int) -> None:
    values = {
        "recovery_payments": 4, "rescheduling_days": 14, "restructuring_payments": 3,
    } | policy  # fmt: skip
    Program.objects.filter(pk=program.pk).update(**values)


@pytest.fixture
def later(now: datetime) -> datetime:
    """December 11: the payments of November 25, December 2 and 9 are past due, 115.38."""
    return now + timedelta(days=23)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """With this code, and nothing has changed."""
    tables = (LedgerEntry, Plan, PlanPromise, Instalment)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(ValidationError) as caught:
        yield
    assert caught.value.code == code
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def weekly(arrears: str, first: date, count: int = 3) -> list[Payment]:
    return proposed(D(arrears), count, first, "weekly")


def agree(lease: Lease, by: User, now: datetime, **fields: Any) -> Agreement:
    promises = fields.pop("promises", None) or weekly("115.38", business_day(now), 3)
    return agree_recovery(lease=lease, promises=promises, by=by, now=now, **fields)


def move(lease: Lease, by: User, now: datetime, number: int, to: date) -> Agreement:
    return reschedule(lease=lease, number=number, to=to, note="Cobra el 18.", by=by, now=now)


def lower(lease: Lease, by: User, now: datetime, spread: str = Spread.LATER) -> Agreement:
    return restructure(
        lease=lease, count=2, percent=50, spread=spread, note="Menos horas.", by=by, now=now
    )


def pay(lease: Lease, amount: str, by: User, now: datetime) -> LedgerEntry:
    return record_payment(lease=lease, amount=D(amount), on=business_day(now), by=by, now=now)[0]


def charged(lease: Lease) -> Decimal:
    return sum((each.amount for each in lease.ledger.all()), D(0))


# --- recovery ---------------------------------------------------------------------------------


@pytest.mark.requirement("R24")
def test_a_recovery_plan_lies_over_the_arrears_and_leaves_the_ledger_alone(
    funded: Lease, ana: User, later: datetime
) -> None:
    before = list(funded.ledger.order_by("pk").values())
    agreed = agree(funded, ana, later, note="Recibe su pago los viernes.")
    assert (agreed.plan.kind, agreed.plan.arrears, agreed.plan.by) == (
        PlanKind.RECOVERY, D("115.38"), ana,
    )  # fmt: skip
    assert [(each.number, each.due_on, each.amount) for each in agreed.plan.promises.all()] == [
        (1, date(2026, 12, 11), D("38.46")),
        (2, date(2026, 12, 18), D("38.46")),
        (3, date(2026, 12, 25), D("38.46")),
    ]
    assert list(funded.ledger.order_by("pk").values()) == before


@pytest.mark.requirement("R24", "R29")
@pytest.mark.parametrize(
    ("policy", "code"),
    [({"recovery_payments": 0}, "program_refuses"), ({"recovery_payments": 2}, "promises_count")],
)
def test_the_merchants_program_decides(
    policy: dict[str, int], code: str, funded: Lease, program: Program, ana: User, later: datetime
) -> None:
    accepts(program, **policy)
    with refused(code):
        agree(funded, ana, later)


@pytest.mark.requirement("R24")
def test_the_status_decides(lease: Lease, ana: User, now: datetime) -> None:
    with refused("not_funded"):
        agree(lease, ana, now)


def test_a_lease_without_a_program_says_so(funded: Lease, ana: User, later: datetime) -> None:
    Lease.objects.filter(pk=funded.pk).update(program=None)
    for act in (
        lambda: agree(funded, ana, later),
        lambda: move(funded, ana, later, 4, date(2026, 12, 20)),
        lambda: lower(funded, ana, later),
    ):
        with refused("no_program"):
            act()


def test_fees_are_part_of_the_arrears(funded: Lease, ana: User, later: datetime) -> None:
    LedgerEntry.objects.create(
        lease=funded, kind=LedgerKind.FEE, part=Part.FEES, amount=D("5.00"), breakdown={},
        effective_on=business_day(later), instalment=funded.instalments.get(number=1), at=later,
    )  # fmt: skip
    with refused("promises_total"):
        agree(funded, ana, later)
    agree(funded, ana, later, promises=weekly("120.38", business_day(later)))


def test_one_recovery_plan_at_a_time_until_it_is_cancelled(
    funded: Lease, ana: User, later: datetime
) -> None:
    first = agree(funded, ana, later).plan
    with refused("runs"):
        agree(funded, ana, later)
    with refused("reason"):
        cancel_plan(plan=first, reason=" ", by=ana, now=later)
    cancel_plan(plan=first, reason="Pide otros días.", by=ana, now=later)
    first.refresh_from_db()
    assert (first.cancelled_by, first.cancel_reason) == (ana, "Pide otros días.")
    with refused("plan_over"):
        cancel_plan(plan=first, reason="Otra vez.", by=ana, now=later)
    assert agree(funded, ana, later).plan.pk != first.pk


def test_a_plan_whose_promises_were_all_kept_makes_room_for_the_next(
    funded: Lease, ana: User, later: datetime
) -> None:
    first = agree(funded, ana, later).plan
    moment = later + timedelta(days=1)
    pay(funded, "115.38", ana, moment)
    two_weeks_on = moment + timedelta(days=13)  # December 16 and 23 are past due
    promises = weekly("76.92", business_day(two_weeks_on), 2)
    second = agree(funded, ana, two_weeks_on, promises=promises).plan
    first.refresh_from_db()
    assert first.fulfilled_at == two_weeks_on
    found = recovery_in_force(funded, business_day(later))
    assert found
    assert found.pk == second.pk


@pytest.mark.requirement("R24")
def test_promises_are_kept_by_payments_since_and_a_bounced_one_does_not_count(
    funded: Lease, ana: User, later: datetime
) -> None:
    pay(funded, "40.00", ana, later - timedelta(hours=1))  # before: the arrears are 75.38
    agree(funded, ana, later, promises=weekly("75.38", business_day(later)))

    def states(at: datetime) -> list[str]:
        return [each.state.value for each in promises_in_force(funded, business_day(at))[1]]

    assert states(later) == ["due", "upcoming", "upcoming"]
    assert states(later + timedelta(days=8)) == ["missed", "missed", "upcoming"]
    paid = pay(funded, "25.12", ana, later + timedelta(hours=1))
    assert states(later + timedelta(days=8)) == ["kept", "missed", "upcoming"]
    reverse(lease=funded, entry_id=paid.pk, reason="Rebotó.", by=ana, now=later + timedelta(days=2))
    assert states(later + timedelta(days=8)) == ["missed", "missed", "upcoming"]


def closed(plan: Plan, at: datetime) -> bool:
    close_fulfilled_plans(now=at)
    plan.refresh_from_db()
    return plan.fulfilled_at is not None


def test_a_plan_paid_as_promised_ends_two_weeks_after_its_last_day(
    funded: Lease, ana: User, later: datetime
) -> None:
    plan = agree(funded, ana, later).plan  # until December 25
    paid = pay(funded, "115.38", ana, later + timedelta(days=14))
    assert not closed(plan, later + timedelta(days=28))  # a payment may still bounce
    reverse(lease=funded, entry_id=paid.pk, reason="x", by=ana, now=later + timedelta(days=28))
    assert not closed(plan, later + timedelta(days=60))
    pay(funded, "115.38", ana, later + timedelta(days=60))
    moment = later + timedelta(days=61)
    assert closed(plan, moment)
    assert plan.fulfilled_at == moment
    assert close_fulfilled_plans(now=moment) == 0


@pytest.mark.requirement("R24")
def test_a_payment_taken_back_breaks_the_plan_it_had_fulfilled(
    funded: Lease, ana: User, later: datetime
) -> None:
    """The payments of the weeks in between were for what was due in them."""
    plan = agree(funded, ana, later).plan
    paid = pay(funded, "115.38", ana, later + timedelta(days=1))
    moment = later + timedelta(days=30)
    assert closed(plan, moment)
    owed = standing_of(funded, business_day(moment)).arrears
    pay(funded, str(owed + D("76.92")), ana, moment + timedelta(days=1))
    bounced = moment + timedelta(days=20)
    day = business_day(bounced)

    def missed() -> list[tuple[Decimal, date]]:
        found = with_missed_promises(Lease.objects.all(), today=day)
        return [(each.missing, each.missed_on) for each in found]

    assert missed() == []
    reverse(lease=funded, entry_id=paid.pk, reason="Rebotó.", by=ana, now=bounced)

    plan.refresh_from_db()
    assert plan.broken_at == bounced
    [listed] = listed_plans(funded, day)
    assert (str(listed.state), listed.tone) == ("Broken: a payment was reversed", "bad")
    assert {each.state for each in listed.promises} == {PromiseState.MISSED}
    assert missed() == [(D("115.38"), day)]
    assert promises_in_force(funded, day) == (None, [])

    arrears = standing_of(funded, day).arrears
    assert arrears > 0
    second = agree(funded, ana, bounced, promises=weekly(str(arrears), day, 1)).plan
    assert missed() == []  # the newest agreement says what is expected
    cancel_plan(plan=second, reason="Se equivocó.", by=ana, now=bounced)
    assert missed() == [(D("115.38"), day)]


def test_a_reversal_that_leaves_nothing_past_due_breaks_no_plan(
    funded: Lease, ana: User, later: datetime
) -> None:
    plan = agree(funded, ana, later).plan
    paid = pay(funded, "115.38", ana, later)
    pay(funded, "115.38", ana, later + timedelta(hours=1))
    moment = later + timedelta(days=28 + 1)
    pay(funded, "500.00", ana, moment)
    assert closed(plan, moment)
    reverse(lease=funded, entry_id=paid.pk, reason="Doble.", by=ana, now=moment)
    plan.refresh_from_db()
    assert plan.broken_at is None


def test_what_a_plan_in_force_does_not_cover_is_said(
    funded: Lease, ana: User, later: datetime
) -> None:
    """A payment made before the agreement bounces after it."""
    before = pay(funded, "38.46", ana, later - timedelta(hours=1))
    agree(funded, ana, later, promises=weekly("76.92", business_day(later)))
    day = business_day(later)

    [listed] = listed_plans(funded, day)
    assert listed.besides == 0
    reverse(lease=funded, entry_id=before.pk, reason="Rebotó.", by=ana, now=later)
    [listed] = listed_plans(funded, day)
    assert (listed.plan.arrears, listed.besides) == (D("76.92"), D("38.46"))


def test_a_plan_is_broken_after_it_was_fulfilled(funded: Lease, ana: User, later: datetime) -> None:
    plan = agree(funded, ana, later).plan
    with pytest.raises(IntegrityError, match="plan_broken_after_it_was"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(broken_at=later)


def test_a_plan_ends_once_nothing_is_past_due_and_what_comes_later_is_not_its_matter(
    funded: Lease, ana: User, sofia: User, later: datetime
) -> None:
    plan = agree(funded, ana, later).plan
    assert not closed(plan, later)
    adjust(lease=funded, amount=D("-115.38"), reason="Acuerdo.", by=sofia, now=later)
    assert closed(plan, later)
    month_on = later + timedelta(days=30)
    day = business_day(month_on)
    owed = standing_of(funded, day).arrears
    assert owed > 0
    [listed] = listed_plans(funded, day)
    assert {each.state for each in listed.promises} == {PromiseState.KEPT}
    agree(funded, ana, month_on, promises=[Payment(day, owed)])


def test_a_cancelled_plan_and_other_kinds_are_left_alone(
    funded: Lease, ana: User, later: datetime
) -> None:
    plan = agree(funded, ana, later).plan
    cancel_plan(plan=plan, reason="Otro.", by=ana, now=later)
    moved = move(funded, ana, later, 4, date(2026, 12, 20)).plan
    pay(funded, "500.00", ana, later)
    assert not closed(plan, later + timedelta(days=90))
    moved.refresh_from_db()
    assert moved.fulfilled_at is None


def test_the_beat_ends_them(funded: Lease, ana: User, later: datetime) -> None:
    plan = agree(funded, ana, later).plan
    pay(funded, "2000.00", ana, later)  # all of the lease: nothing is past due on any day
    Plan.objects.filter(pk=plan.pk).update(arrears=D("2000.01"))
    with clock.at(later):
        task()
    plan.refresh_from_db()
    assert plan.fulfilled_at


def test_what_is_forgiven_counts_as_covered(funded: Lease, ana: User, later: datetime) -> None:
    fee = LedgerEntry.objects.create(
        lease=funded, kind=LedgerKind.FEE, part=Part.FEES, amount=D("5.00"), breakdown={},
        effective_on=business_day(later), instalment=funded.instalments.get(number=1), at=later,
    )  # fmt: skip
    agree(funded, ana, later, promises=[Payment(business_day(later), D("120.38"))])
    moment = later + timedelta(hours=1)
    waive(lease=funded, entry_id=fee.pk, amount=D("5"), reason="Cortesía.", by=ana, now=moment)
    pay(funded, "115.38", ana, moment)
    plan = recovery_in_force(funded, business_day(later))
    assert plan
    assert promises_in_force(funded, business_day(later))[1] == []  # fulfilled


# --- rescheduling -----------------------------------------------------------------------------


@pytest.mark.requirement("R25")
def test_a_moved_payment_is_due_on_its_new_day_and_costs_the_same(
    funded: Lease, ana: User, later: datetime
) -> None:
    before = charged(funded)
    plan = move(funded, ana, later, 3, date(2026, 12, 18)).plan  # past due since December 9
    assert charged(funded) == before
    lines = plan.entries.order_by("id").values_list("kind", "amount", "effective_on")
    assert list(lines) == [
        (LedgerKind.ADJUSTMENT, D("-38.46"), date(2026, 12, 9)),
        (LedgerKind.ADJUSTMENT, D("38.46"), date(2026, 12, 18)),
    ]
    standing = standing_of(funded, business_day(later))
    row = next(row for row in standing.rows if row.number == 3)
    assert (row.due_on, row.agreed_on, row.state) == (
        date(2026, 12, 18), date(2026, 12, 9), State.UPCOMING,
    )  # fmt: skip
    assert standing.arrears == D("76.92")


@pytest.mark.requirement("R25", "R29")
def test_moving_again_goes_on_from_the_day_of_the_contract(
    funded: Lease, ana: User, later: datetime
) -> None:
    move(funded, ana, later, 4, date(2026, 12, 20))
    move(funded, ana, later, 4, date(2026, 12, 28))
    with refused("day_limit"):  # 14 days from December 16
        move(funded, ana, later, 4, date(2026, 12, 31))
    rows = standing_of(funded, business_day(later)).rows
    assert next(row.due_on for row in rows if row.number == 4) == date(2026, 12, 28)


def test_what_does_not_fit_is_refused(funded: Lease, ana: User, later: datetime) -> None:
    with refused("no_instalment"):
        move(funded, ana, later, 99, date(2026, 12, 18))
    with refused("day_past"):
        move(funded, ana, later, 3, date(2026, 12, 10))
    with refused("reason"):
        reschedule(lease=funded, number=4, to=date(2026, 12, 20), note="", by=ana, now=later)
    with refused("account_number"):
        reschedule(
            lease=funded, number=4, to=date(2026, 12, 20), note="Tarjeta 4111111111111111",
            by=ana, now=later,
        )  # fmt: skip


def test_cancelling_puts_the_schedule_back_as_long_as_nothing_has_come_due(
    funded: Lease, ana: User, later: datetime
) -> None:
    before = standing_of(funded, business_day(later))
    first = move(funded, ana, later, 4, date(2026, 12, 20)).plan
    second = move(funded, ana, later, 4, date(2026, 12, 28)).plan
    with refused("plan_built_on"):
        cancel_plan(plan=first, reason="Error.", by=ana, now=later)
    with refused("plan_begun"):
        cancel_plan(plan=second, reason="Error.", by=ana, now=later + timedelta(days=20))
    cancel_plan(plan=second, reason="Error.", by=ana, now=later)
    cancel_plan(plan=first, reason="Error.", by=ana, now=later)
    assert standing_of(funded, business_day(later)) == before


# --- restructuring ----------------------------------------------------------------------------


@pytest.mark.requirement("R25")
@pytest.mark.parametrize(("spread", "added"), [(Spread.LATER, 0), (Spread.END, 1)])
def test_lowered_payments_leave_the_total_as_it_was(
    spread: str, added: int, funded: Lease, ana: User, later: datetime
) -> None:
    before = standing_of(funded, business_day(later))
    lower(funded, ana, later, spread)
    after = standing_of(funded, business_day(later))
    assert (after.balance, after.arrears) == (before.balance, before.arrears)
    assert sum(row.amount for row in after.rows) == D("2000.00")
    assert len(after.rows) == len(before.rows) + added
    lowered = [row for row in after.rows if row.number in {4, 5}]
    assert [row.amount for row in lowered] == [D("19.23"), D("19.23")]
    if added:
        assert (after.rows[-1].number, after.rows[-1].amount) == (53, D("38.46"))
        assert after.rows[-1].due_on == date(2027, 11, 24)


def test_a_second_restructuring_waits_for_the_first(
    funded: Lease, ana: User, later: datetime
) -> None:
    lower(funded, ana, later)
    with refused("runs"):
        lower(funded, ana, later)
    lower(funded, ana, later + timedelta(days=13))  # December 24: both have come


@pytest.mark.parametrize("spread", Spread.values)
def test_a_restructuring_can_be_taken_back_until_its_first_payment(
    spread: str, funded: Lease, ana: User, later: datetime
) -> None:
    before = standing_of(funded, business_day(later))
    plan = lower(funded, ana, later, spread).plan
    with refused("plan_begun"):
        cancel_plan(plan=plan, reason="Error.", by=ana, now=later + timedelta(days=6))
    cancel_plan(plan=plan, reason="Error.", by=ana, now=later)
    after = standing_of(funded, business_day(later))
    assert [row for row in after.rows if row.amount] == before.rows
    assert after.balance == before.balance
    again = lower(funded, ana, later, Spread.END)
    assert again.moves[-1].on == date(2027, 11, 24)


def test_what_a_plan_moved_goes_back_by_cancelling_it_alone(
    funded: Lease, ana: User, sofia: User, later: datetime
) -> None:
    plan = move(funded, ana, later, 4, date(2026, 12, 20)).plan
    line = plan.entries.first()
    assert line
    with refused("of_a_plan"):
        reverse(lease=funded, entry_id=line.pk, reason="Error.", by=sofia, now=later)
    cancel_plan(plan=plan, reason="Error.", by=ana, now=later)
    assert plan.entries.filter(kind=LedgerKind.REVERSAL).count() == 2


def test_only_those_who_work_cases_agree(
    funded: Lease, mateo: User, ana: User, later: datetime
) -> None:
    plan = agree(funded, ana, later).plan
    for act in (
        lambda: agree(funded, mateo, later),
        lambda: move(funded, mateo, later, 4, date(2026, 12, 20)),
        lambda: lower(funded, mateo, later),
        lambda: cancel_plan(plan=plan, reason="No.", by=mateo, now=later),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_promise_states_have_words() -> None:
    assert all(str(each.label) for each in PromiseState)
