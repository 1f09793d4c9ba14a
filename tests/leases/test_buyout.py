"""Worked figures to the cent, and rules that hold for any lease."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases import buyout
from leases.buyout import Inputs, Limits, Stage
from leases.enums import BuyoutRule
from leases.money import ZERO, is_in_cents, split
from leases.schedule import ScheduleRow, State

DELIVERED = date(2026, 8, 20)
TODAY = date(2026, 11, 18)
D = Decimal
R = BuyoutRule


def inputs(
    made: int = 20, *, late: int = 0, fees: str = "0", total: str = "2000", **fields: Any
) -> Inputs:
    """C=1000, N=52: `made` payments made, then `late` ones past due, the others to come."""
    count = fields.pop("payments", 52)
    parts = split(D(total), count)
    values: dict[str, Any] = {
        "cash_price": D("1000"),
        "total": D(total),
        "payments": count,
        "left": D(count - made - late),
        "instalment": parts[0],
        "paid": sum(parts[:made], ZERO),
        "past_due": sum(parts[made : made + late], ZERO),
        "fees": D(fees),
        "future": sum(parts[made + late :], ZERO),
        "option_fee": D("0"),
        "rate": D("0.75"),
        "tax_rate": D("0"),
        "delivered_on": DELIVERED,
        "today": DELIVERED + timedelta(days=140),
        "state": "TX",
    }
    return Inputs(**values | fields)


def price(of: Inputs, rule: BuyoutRule) -> Decimal:
    return buyout.priced(of, rule, Limits()).amount


# --- worked figures ------------------------------------------------------------------------------
def test_the_example_is_the_one_of_the_contract() -> None:
    assert split(D("2000"), 52) == [D("38.46")] * 51 + [D("38.54")]
    assert inputs().paid == D("769.20")


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("rule", "fields", "amount"),
    [
        (R.NEW_YORK, {}, "615.38"),
        (R.HAWAII, {}, "615.38"),
        (R.CALIFORNIA, {}, "615.38"),
        (R.OHIO, {}, "615.40"),
        (R.DISCOUNT, {"rate": D("0.75")}, "923.10"),
        (R.DISCOUNT, {"rate": D("0.65")}, "800.02"),
        (R.WEST_VIRGINIA, {}, "615.40"),
        (R.CALIFORNIA, {"made": 10, "today": DELIVERED + timedelta(days=70)}, "615.40"),
        (R.OPTION, {"made": 10, "today": DELIVERED + timedelta(days=70)}, "615.40"),
        (
            R.OPTION,
            {"made": 10, "today": DELIVERED + timedelta(days=70), "option_fee": D("25")},
            "640.40",
        ),
        (R.OPTION, {}, "923.10"),  # its days are over: the discount
        (R.OPTION, {"rate": None}, "1230.80"),  # nor a discount: all that is left
        (R.NEW_YORK, {"made": 51}, "38.46"),  # never less than one payment
    ],
)
def test_worked_figures(rule: BuyoutRule, fields: dict[str, Any], amount: str) -> None:
    assert price(inputs(**fields), rule) == D(amount)


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("rule", "amount"),
    [
        # One payment of 38.46 past due and 5.00 of fees, 31 payments to come (1192.34).
        (R.DISCOUNT, "937.72"),  # 43.46 + 0.75 × 1192.34
        (R.NEW_YORK, "639.61"),  # 43.46 + 1000 × 31/52
        (R.HAWAII, "639.61"),
        (R.CALIFORNIA, "639.61"),
        (R.WEST_VIRGINIA, "639.63"),  # 43.46 + 1000/2000 × 1192.34
        (R.OHIO, "615.40"),  # the law names no arrears
    ],
)
def test_arrears_are_asked_for_once(rule: BuyoutRule, amount: str) -> None:
    assert price(inputs(20, late=1, fees="5.00"), rule) == D(amount)


@pytest.mark.parametrize(("rule", "amount"), [(R.OPTION, "620.40"), (R.CALIFORNIA, "620.40")])
def test_what_is_past_due_counts_towards_the_price(rule: BuyoutRule, amount: str) -> None:
    """1000 - 384.60 + 5.00 of fees: the late payment is part of the price, not on top of it."""
    late = inputs(10, late=1, fees="5.00", today=DELIVERED + timedelta(days=77))
    assert price(late, rule) == D(amount)


def test_payments_beyond_the_price_do_not_pay_what_is_past_due() -> None:
    """Ten payments cover a price of 300 and more; the late one and its fee are still owed."""
    late = inputs(
        10, late=1, fees="5.00", cash_price=D("300"), today=DELIVERED + timedelta(days=77)
    )
    assert price(late, R.OPTION) == D("43.46")


# --- stages --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "state", "last", "before", "after"),
    [
        (R.OPTION, "TX", date(2026, 11, 18), Stage.OPTION, Stage.DISCOUNT),
        (R.OPTION, "CA", date(2026, 11, 20), Stage.OPTION, Stage.DISCOUNT),
        (R.CALIFORNIA, "CA", date(2026, 11, 20), Stage.FIRST_MONTHS, Stage.SHARE),
    ],
)
def test_a_stage_holds_through_its_last_day(
    rule: BuyoutRule, state: str, last: date, before: Stage, after: Stage
) -> None:
    held = buyout.priced(inputs(10, state=state, today=last), rule, Limits())
    over = buyout.priced(inputs(10, state=state, today=last + timedelta(days=1)), rule, Limits())
    assert (held.stage, held.ends_on) == (before, last)
    assert (over.stage, over.ends_on) == (after, None)


def test_three_months_end_with_a_shorter_month() -> None:
    assert buyout.add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert buyout.add_months(date(2027, 11, 29), 3) == date(2028, 2, 29)


def test_the_days_are_those_of_the_settings() -> None:
    of = inputs(10, today=DELIVERED + timedelta(days=91))
    assert buyout.priced(of, R.OPTION, Limits(option_days=120)).stage == Stage.OPTION


# --- the lower one wins --------------------------------------------------------------------------
@pytest.mark.requirement("R27")
def test_the_states_rule_limits_the_contracts() -> None:
    limited = buyout.quote(inputs(), R.DISCOUNT, R.NEW_YORK)
    assert (limited.rule, limited.stage) == (R.NEW_YORK, Stage.SHARE_OR_PAYMENT)
    assert limited.is_ceiling
    assert limited.total == D("615.38")
    assert limited.contract.amount == D("923.10")


def test_a_contract_better_than_the_law_stands() -> None:
    found = buyout.quote(inputs(), R.OHIO, R.DISCOUNT)
    assert (found.rule, found.is_ceiling, found.total) == (R.OHIO, False, D("615.40"))


def test_buying_never_costs_more_than_finishing() -> None:
    found = buyout.quote(inputs(51), R.OPTION)  # what is left is one payment of 38.54
    assert found.total == D("28.91")
    capped = buyout.quote(inputs(50, total="1000", today=DELIVERED), R.OHIO)
    assert capped.is_capped
    assert capped.total_before_tax == capped.remaining == D("38.50")
    assert capped.saving == ZERO


def test_tax_comes_last_and_counts_against_the_saving() -> None:
    found = buyout.quote(inputs(tax_rate=D("8.25")), R.HAWAII)
    assert (found.total_before_tax, found.tax, found.total) == (
        D("615.38"), D("50.77"), D("666.15"),
    )  # fmt: skip
    assert (found.remaining, found.saving) == (D("1230.80"), D("564.65"))


def test_the_earliest_stage_ends_the_figure() -> None:
    today = DELIVERED + timedelta(days=70)
    both = buyout.quote(inputs(10, today=today, state="CA"), R.OPTION, R.CALIFORNIA)
    assert both.ends_on == date(2026, 11, 20)
    apart = buyout.quote(inputs(10, today=today), R.OPTION, R.CALIFORNIA)
    assert apart.ends_on == date(2026, 11, 18)
    assert buyout.quote(inputs(), R.DISCOUNT).ends_on is None


def to_come(
    left: str, amount: str = "38.46", *, number: int = 1, agreed: str | None = None
) -> ScheduleRow:
    agreed_amount = D(amount if agreed is None else agreed)
    return ScheduleRow(
        number, number, TODAY, D(amount), D(amount) - D(left), State.UPCOMING, 0, TODAY,
        agreed_amount,
    )  # fmt: skip


def left(rows: list[ScheduleRow], payments: int = 52, total: str = "2000.00") -> Decimal:
    return buyout.payments_left(rows, TODAY, payments=payments, total=D(total))


def test_half_a_payment_made_ahead_is_not_lost() -> None:
    assert left([to_come("19.23")] + [to_come("38.46")] * 31) == D("31.50")
    assert left([to_come("0", "0"), to_come("38.46")]) == D("1.00")
    assert left([to_come("20", "30")]) == D("0.66")  # never against the customer
    past = to_come("38.46")._replace(due_on=TODAY - timedelta(days=1))
    assert left([past, to_come("38.46")]) == D("1.00")


def test_payments_lowered_or_added_are_no_more_payments() -> None:
    halved = [to_come("19.23", "19.23", agreed="38.46")] * 4
    added = [to_come("38.46", number=53), to_come("38.46", number=54)]
    assert left(halved + [to_come("38.46")] * 28 + added) == D("31.99")  # 32 × 38.46 of 2,000.00
    assert left(halved + [to_come("38.46")] * 2 + added) == D("5.99")
    larger = [to_come("50.00", "50.00", agreed="38.46")] * 20
    assert left(larger) == D("20.00")  # if there are fewer, that many
    taken_back = to_come("0", "0", number=53, agreed="38.46")
    assert left([to_come("38.54"), taken_back]) == D("1.00")
    assert left([to_come("1.00", "1.00")] * 60) == D("52.00")  # k is never negative


# --- whatever the lease --------------------------------------------------------------------------
@st.composite
def leases(draw: st.DrawFn) -> dict[str, Any]:
    cash = draw(st.decimals("50", "5000", places=2))
    count = draw(st.sampled_from([12, 24, 26, 52]))
    made = draw(st.integers(0, count - 1))
    return {
        "made": made,
        "late": draw(st.integers(0, min(4, count - made - 1))),
        "payments": count,
        "cash_price": cash,
        "total": str((cash * draw(st.decimals("1", "3", places=2))).quantize(D("0.01"))),
        "fees": str(draw(st.decimals("0", "60", places=2))),
        "option_fee": draw(st.decimals("0", "50", places=2)),
        "rate": draw(st.sampled_from([None, D("0.65"), D("0.75")])),
        "tax_rate": draw(st.sampled_from([D("0"), D("8.25"), D("6.625")])),
        "today": DELIVERED + timedelta(days=draw(st.integers(0, 400))),
        "state": draw(st.sampled_from(["TX", "CA"])),
    }


rules = st.sampled_from(list(R))
ceilings = st.sampled_from(["", *R])


@given(leases(), rules, ceilings)
def test_any_figure_is_whole_cents_and_within_its_limits(
    fields: dict[str, Any], rule: BuyoutRule, ceiling: str
) -> None:
    of = inputs(**fields)
    found = buyout.quote(of, rule, ceiling)
    for amount in (found.total_before_tax, found.tax, found.total, found.saving):
        assert is_in_cents(amount)
        assert amount >= 0
    assert found.total == found.total_before_tax + found.tax
    assert found.total_before_tax <= of.finishing
    assert found.total_before_tax <= found.contract.amount
    assert found.ceiling is None or found.total_before_tax <= found.ceiling.amount
    assert found.saving + found.total in {found.remaining, found.total}


@given(leases(), rules, ceilings)
def test_paying_one_more_never_makes_it_dearer(
    fields: dict[str, Any], rule: BuyoutRule, ceiling: str
) -> None:
    """With nothing past due: a future payment is made ahead."""
    fields["late"] = 0
    before = buyout.quote(inputs(**fields), rule, ceiling)
    fields["made"] += 1
    after = buyout.quote(inputs(**fields), rule, ceiling)
    assert after.total <= before.total


@given(
    leases(),
    st.sampled_from([R.OPTION, R.DISCOUNT, R.NEW_YORK, R.HAWAII, R.CALIFORNIA, R.WEST_VIRGINIA]),
)
def test_paying_what_is_past_due_first_costs_the_same(
    fields: dict[str, Any], rule: BuyoutRule
) -> None:
    """Nothing past due is charged again in the price, whichever is paid first."""
    late = inputs(**fields)
    fields |= {"made": fields["made"] + fields["late"], "late": 0}
    current = inputs(**fields)
    at_once, first = price(late, rule), late.past_due + price(current, rule)
    if buyout.stage_of(late, rule, Limits())[0] == Stage.FIRST_MONTHS:
        assert at_once <= first  # the law counts everything paid, past the price too
    else:
        assert at_once == first
