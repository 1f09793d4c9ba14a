"""Which plan is allowed and why not; figures add up to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from leases import plan_terms, schedule
from leases.enums import Frequency, LeaseStatus, LedgerKind, Part, PromiseState, Spread
from leases.money import split
from leases.plan_terms import Payment, Situation

D = Decimal
FIRST = date(2026, 11, 4)
TODAY = date(2026, 11, 20)  # the payments of November 4, 11 and 18 are past due


class Policy(NamedTuple):
    recovery_payments: int = 4
    rescheduling_days: int = 14
    restructuring_payments: int = 3


class Agreed(NamedTuple):
    pk: int
    number: int
    due_on: date
    amount: Decimal


def standing(
    total: str = "2000.00", count: int = 52, paid: str = "0", today: date = TODAY
) -> schedule.Standing:
    days = schedule.due_days(FIRST, Frequency.WEEKLY, count)
    agreed = [
        Agreed(number, number, day, amount)
        for number, (day, amount) in enumerate(zip(days, split(D(total), count), strict=True), 1)
    ]
    lines = [line(LedgerKind.CHARGE, each.amount, each.due_on, each.pk) for each in agreed]
    if D(paid):
        lines.append(line(LedgerKind.PAYMENT, -D(paid), FIRST, None))
    return schedule.standing(agreed, lines, today)


def line(kind: str, amount: Decimal, on: date, instalment_id: int | None) -> Any:
    return SimpleNamespace(
        pk=object(), kind=kind, part=Part.RENT, amount=amount, effective_on=on,
        instalment_id=instalment_id, reverses_id=None,
    )  # fmt: skip


def at(**fields: Any) -> Situation:
    values = {"status": LeaseStatus.FUNDED, "program": Policy(), "standing": standing()} | fields
    return Situation(**values)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(ValidationError) as caught:
        yield
    assert caught.value.code == code


# --- allowed or not ---------------------------------------------------------------------------

NONE = Policy(0, 0, 0)


@pytest.mark.requirement("R24", "R25", "R29")
@pytest.mark.parametrize("kind", ["recovery", "rescheduling", "restructuring"])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, ""),
        ({"status": LeaseStatus.CONTRACTS}, "not_funded"),
        ({"status": LeaseStatus.CONTRACTS_EXPIRED}, "not_funded"),
        ({"program": None}, "no_program"),
        ({"program": NONE}, "program_refuses"),
        ({"standing": schedule.standing([], [], TODAY)}, "no_schedule"),
    ],
)
def test_the_status_and_the_merchants_program_decide(
    kind: str, fields: dict[str, Any], code: str
) -> None:
    situation = at(**fields)
    answer = {
        "recovery": lambda: plan_terms.recovery(situation),
        "rescheduling": lambda: plan_terms.rescheduling(situation, TODAY),
        "restructuring": lambda: plan_terms.restructuring(situation, TODAY),
    }[kind]()
    assert (answer.allowed, answer.code) == (not code, code)
    assert str(answer)
    if code:
        with refused(code):
            answer.check()


def test_what_stands_in_the_way_of_each_kind() -> None:
    assert plan_terms.recovery(at(recovery_runs=True)).code == "runs"
    assert plan_terms.recovery(at(standing=standing(paid="200"))).code == "no_arrears"
    paid = at(standing=standing(paid="2000"))
    assert plan_terms.rescheduling(paid, TODAY).code == "nothing_to_move"
    assert plan_terms.restructuring(paid, TODAY).code == "nothing_to_lower"


def test_the_reason_names_what_the_program_accepts() -> None:
    assert "$115.38" in str(plan_terms.recovery(at()))
    assert "4 payments" in str(plan_terms.recovery(at()))
    assert "14 days" in str(plan_terms.rescheduling(at(), TODAY))
    assert "50%" in str(plan_terms.restructuring(at(), TODAY))


# --- recovery ---------------------------------------------------------------------------------


@given(
    arrears=st.decimals("0.01", "99999.99", places=2),
    count=st.integers(1, 60),
    step=st.sampled_from(Frequency.values),
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_a_proposal_adds_up_to_the_arrears_on_rising_days(
    arrears: Decimal, count: int, step: str, first: date
) -> None:
    found = plan_terms.proposed(arrears, count, first, step)
    assert sum(each.amount for each in found) == arrears
    assert all(each.amount > 0 for each in found)
    assert max(each.amount for each in found) - min(each.amount for each in found) <= D("0.01")
    days = [each.due_on for each in found]
    assert days == sorted(set(days))
    assert days[0] == first
    assert len(found) == min(count, int(arrears * 100))


def test_a_proposal_passes_its_own_check() -> None:
    proposal = plan_terms.proposed(D("115.38"), 4, TODAY, Frequency.WEEKLY)
    assert [each.amount for each in proposal] == [D("28.84"), D("28.84"), D("28.85"), D("28.85")]
    plan_terms.check_promises(at(), proposal, TODAY)


@pytest.mark.parametrize(
    ("promises", "code"),
    [
        ([], "promises_count"),
        ([(0, "23.07"), (1, "23.07"), (2, "23.08"), (3, "23.08"), (4, "23.08")], "promises_count"),
        ([(0, "115.37")], "promises_total"),
        ([(0, "115.39")], "promises_total"),
        ([(0, "200.00"), (1, "-84.62")], "promise_amount"),
        ([(0, "115.380001")], "promise_amount"),
        ([(0, "115.38"), (1, "0.00")], "promise_amount"),
        ([(-1, "115.38")], "promise_past"),
        ([(7, "57.69"), (7, "57.69")], "promises_order"),
        ([(14, "57.69"), (7, "57.69")], "promises_order"),
    ],
)
def test_promises_that_do_not_fit_are_refused(promises: list[tuple[int, str]], code: str) -> None:
    made = [Payment(TODAY + timedelta(days=days), D(amount)) for days, amount in promises]
    with refused(code):
        plan_terms.check_promises(at(), made, TODAY)


@pytest.mark.parametrize(
    ("received", "states"),
    [
        ("0", "missed missed due upcoming"),
        ("9.99", "missed missed due upcoming"),
        ("10", "kept missed due upcoming"),
        ("29.99", "kept missed due upcoming"),
        ("30", "kept kept due upcoming"),
        ("100", "kept kept kept kept"),
        ("-5", "missed missed due upcoming"),  # a payment bounced
    ],
)
def test_a_promise_is_kept_once_it_and_all_before_it_are_covered(
    received: str, states: str
) -> None:
    promises = [
        Payment(TODAY + timedelta(days=days), D(amount))
        for days, amount in [(-8, "10"), (-1, "20"), (0, "30"), (7, "40")]
    ]
    found = plan_terms.promise_states(promises, D(received), TODAY)
    assert found == [PromiseState(each) for each in states.split()]


# --- rescheduling -----------------------------------------------------------------------------


@pytest.mark.requirement("R25")
@pytest.mark.parametrize(
    ("number", "to", "code"),
    [
        (2, date(2026, 11, 25), ""),  # past due since November 11, 14 days on
        (2, date(2026, 11, 26), "day_limit"),
        (1, date(2026, 11, 20), "day_limit"),  # could be moved until November 18
        (4, date(2026, 12, 9), ""),
        (4, date(2026, 12, 10), "day_limit"),
        (4, date(2026, 11, 25), "not_later"),
        (4, date(2026, 11, 24), "not_later"),
        (4, date(2026, 11, 19), "day_past"),
        (53, date(2026, 12, 1), "no_instalment"),
    ],
)
def test_a_payment_moves_within_the_programs_days(number: int, to: date, code: str) -> None:
    if code:
        with refused(code):
            plan_terms.check_move(at(), number, to, TODAY)
    else:
        assert plan_terms.check_move(at(), number, to, TODAY).number == number


def test_what_is_paid_or_promised_otherwise_does_not_move() -> None:
    with refused("instalment_paid"):
        plan_terms.check_move(at(standing=standing(paid="38.46")), 1, date(2026, 11, 25), TODAY)
    with refused("in_recovery"):
        plan_terms.check_move(at(recovery_runs=True), 2, date(2026, 11, 25), TODAY)
    plan_terms.check_move(at(recovery_runs=True), 4, date(2026, 12, 9), TODAY)


def test_only_what_can_move_is_offered() -> None:
    numbers = [row.number for row in plan_terms.movable(at(), TODAY)]
    assert numbers == list(range(2, 53))


# --- restructuring ----------------------------------------------------------------------------


def lowered(situation: Situation | None = None, **fields: Any) -> list[plan_terms.Change]:
    values = {
        "count": 2, "percent": 50, "spread": Spread.LATER,
        "frequency": Frequency.WEEKLY, "today": TODAY,
    } | fields  # fmt: skip
    return plan_terms.lowered(situation or at(), **values)


def test_the_next_payments_are_lowered_and_the_later_ones_share_the_rest() -> None:
    found = lowered()
    assert [(each.number, each.after) for each in found[:2]] == [(4, D("19.23")), (5, D("19.23"))]
    assert len(found) == 49
    assert {each.after - each.before for each in found[2:]} == {D("0.81"), D("0.82")}


def test_or_payments_are_added_at_the_end() -> None:
    found = lowered(count=3, spread=Spread.END)
    added = [each for each in found if each.id is None]
    assert [(each.number, each.due_on, each.after) for each in added] == [
        (53, date(2027, 11, 3), D("28.84")),
        (54, date(2027, 11, 10), D("28.85")),
    ]


def test_two_halves_of_an_odd_amount_make_one_payment_at_the_end() -> None:
    found = lowered(at(standing=standing("2000.44", 52)), spread=Spread.END)
    assert [each.after - each.before for each in found] == [D("-19.23"), D("-19.23"), D("38.46")]


@given(
    total=st.decimals("5.20", "9999.99", places=2),
    instalments=st.integers(5, 60),
    count=st.integers(1, 3),
    percent=st.integers(1, 50),
    spread=st.sampled_from(Spread.values),
    paid=st.decimals("0", "60", places=2),
)
def test_the_total_stays_to_the_cent_and_nothing_falls_below_zero(
    total: Decimal, instalments: int, count: int, percent: int, spread: str, paid: Decimal
) -> None:
    situation = at(standing=standing(str(total), instalments, str(min(paid, total))))
    try:
        found = lowered(situation, count=count, percent=percent, spread=spread)
    except ValidationError as error:
        if error.code in {"nothing_to_lower", "lower_count", "no_later"}:
            return
        raise
    assert sum(each.after - each.before for each in found) == 0
    assert all(each.after > 0 for each in found)
    assert all(each.after != each.before for each in found)
    numbers = [each.number for each in found]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"count": 0}, "lower_count"),
        ({"count": 4}, "lower_count"),
        ({"percent": 0}, "lower_percent"),
        ({"percent": 51}, "lower_percent"),
        ({"situation": at(standing=standing(count=5)), "count": 2}, "no_later"),
        ({"situation": at(standing=standing(count=3))}, "nothing_to_lower"),
    ],
)
def test_a_restructuring_that_does_not_fit_is_refused(fields: dict[str, Any], code: str) -> None:
    with refused(code):
        lowered(**fields)


@pytest.mark.parametrize("frequency", Frequency.values)
def test_added_payments_follow_the_last_one_in_every_rhythm(frequency: str) -> None:
    found = lowered(spread=Spread.END, frequency=frequency)
    added = [each.due_on for each in found if each.id is None]
    assert added
    assert min(added) > date(2027, 10, 27)
