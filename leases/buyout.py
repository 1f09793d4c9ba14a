"""What buying the merchandise early costs. Pure: today is an argument.

The contract names a rule. The state of signing may set a maximum, which is a rule too; the lower
one applies. Amounts are US dollars. Nothing is charged twice: what is past due is asked for once,
as arrears, and counts as paid for the rest (docs/decisions/0010-buyout.md, with sources).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from typing import Any, NamedTuple, Protocol

from leases.enums import BuyoutRule
from leases.money import CENT, ZERO, cents

CALIFORNIA = "CA"


class Limits(NamedTuple):
    """The numbers from contracts and laws that aren't amounts of this lease."""

    option_days: int = 90  # the contract's option, from delivery
    first_months: int = 3  # California: Civil Code 1812.632(a)
    paid_share: Decimal = Decimal("0.50")  # Ohio: Revised Code 1351.06


class Inputs(NamedTuple):
    cash_price: Decimal  # C
    total: Decimal  # T, all payments of the contract
    payments: int  # N
    left: Decimal  # N - k: payments neither made nor past due; a partly made one counts by its rest
    instalment: Decimal  # P
    paid: Decimal  # lease payments received
    past_due: Decimal  # payments of the schedule past due
    fees: Decimal  # unpaid fees, all of them past due
    future: Decimal  # lease payments left that aren't past due
    option_fee: Decimal
    rate: Decimal | None  # r, the share of the remaining payments
    tax_rate: Decimal  # percent
    delivered_on: date
    today: date
    state: str

    @property
    def arrears(self) -> Decimal:
        return self.past_due + self.fees

    @property
    def finishing(self) -> Decimal:
        """All that is left to pay without buying early."""
        return self.arrears + self.future


class Stage(Enum):
    """The formula behind an amount: some rules change theirs over time."""

    OPTION = "option"
    DISCOUNT = "discount"
    EVERYTHING = "everything"  # no saving: the option is over and the contract has no discount
    SHARE_OR_PAYMENT = "share_or_payment"  # New York
    SHARE = "share"  # Hawaii, California later on
    FIRST_MONTHS = "first_months"  # California
    HALF_OF_PAID = "half_of_paid"  # Ohio
    PRICE_RATIO = "price_ratio"  # West Virginia


class Priced(NamedTuple):
    """A rule's result, before tax."""

    rule: BuyoutRule
    stage: Stage
    amount: Decimal
    ends_on: date | None  # the last day of the stage, if time ends it


class Result(NamedTuple):
    contract: Priced
    ceiling: Priced | None
    rule: BuyoutRule  # the one that made the total
    stage: Stage
    is_ceiling: bool
    is_capped: bool  # finishing the lease costs less than either rule
    total_before_tax: Decimal
    tax: Decimal
    total: Decimal
    remaining: Decimal  # finishing the lease
    saving: Decimal  # compared with that, including tax; never below zero
    ends_on: date | None  # the last day on which no rule changes its stage


def quote(inputs: Inputs, contract: str, ceiling: str = "", limits: Limits | None = None) -> Result:
    """What it costs today by the contract's rule, limited by the state's and by the cost of
    finishing.
    """
    limits = limits or Limits()
    own = priced(inputs, contract, limits)
    legal = priced(inputs, ceiling, limits) if ceiling else None
    best = legal if legal is not None and legal.amount < own.amount else own
    before_tax = min(best.amount, inputs.finishing)
    tax = cents(before_tax * inputs.tax_rate / 100)
    ends = [each.ends_on for each in (own, legal) if each is not None and each.ends_on is not None]
    return Result(
        contract=own,
        ceiling=legal,
        rule=best.rule,
        stage=best.stage,
        is_ceiling=best is legal,
        is_capped=best.amount > inputs.finishing,
        total_before_tax=before_tax,
        tax=tax,
        total=before_tax + tax,
        remaining=inputs.finishing,
        saving=max(ZERO, inputs.finishing - before_tax - tax),
        ends_on=min(ends, default=None),
    )


def priced(inputs: Inputs, rule: str, limits: Limits) -> Priced:
    """One rule by itself: rounded once, never below zero."""
    rule = BuyoutRule(rule)
    stage, ends_on = stage_of(inputs, rule, limits)
    return Priced(rule, stage, max(ZERO, cents(_FORMULAS[stage](inputs, limits))), ends_on)


def stage_of(inputs: Inputs, rule: BuyoutRule, limits: Limits) -> tuple[Stage, date | None]:
    """The rule's formula today, and the last day it applies, if time ends it."""
    if rule == BuyoutRule.OPTION:
        last = option_ends(inputs.delivered_on, inputs.state, limits)
        if inputs.today <= last:
            return Stage.OPTION, last
        rule = BuyoutRule.DISCOUNT
    if rule == BuyoutRule.DISCOUNT and inputs.rate is None:
        return Stage.EVERYTHING, None
    if rule == BuyoutRule.CALIFORNIA:
        last = add_months(inputs.delivered_on, limits.first_months)
        return (Stage.FIRST_MONTHS, last) if inputs.today <= last else (Stage.SHARE, None)
    return _ONE_STAGE[rule], None


def option_ends(delivered_on: date, state: str, limits: Limits) -> date:
    """The last day of the option: counted in days; in California, in months."""
    if state == CALIFORNIA:
        return add_months(delivered_on, limits.first_months)
    return delivered_on + timedelta(days=limits.option_days)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class PaymentRow(Protocol):
    """What is read of a payment as it stands (schedule.ScheduleRow)."""

    @property
    def number(self) -> int: ...
    @property
    def due_on(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def left(self) -> Decimal: ...
    @property
    def agreed_amount(self) -> Decimal: ...


def payments_left(
    rows: Sequence[PaymentRow], today: date, *, payments: int, total: Decimal
) -> Decimal:
    """How many payments are left: 31.5 if half of one is paid ahead.

    A plan that lowers or adds payments doesn't change what is owed, so it must not make buying more
    expensive: the count is at most their share of the total. Two decimals, rounded down: the figure
    shown is the figure used.
    """
    ahead = [row for row in rows if row.due_on >= today]
    count = sum((row.left / row.amount for row in ahead if row.amount > 0), ZERO)
    if any(row.amount != (row.agreed_amount if row.number <= payments else 0) for row in rows):
        count = min(count, sum((row.left for row in ahead), ZERO) * payments / total)
    return min(count, Decimal(payments)).quantize(CENT, ROUND_DOWN)


def _option(of: Inputs, limits: Limits) -> Decimal:
    return max(ZERO, of.cash_price + of.option_fee - of.paid - of.past_due) + of.arrears


def _discount(of: Inputs, limits: Limits) -> Decimal:
    return of.arrears + (1 if of.rate is None else of.rate) * of.future


def _everything(of: Inputs, limits: Limits) -> Decimal:
    return of.finishing


def _share(of: Inputs, limits: Limits) -> Decimal:
    return of.arrears + of.cash_price * of.left / of.payments


def _share_or_payment(of: Inputs, limits: Limits) -> Decimal:
    return of.arrears + max(of.cash_price * of.left / of.payments, of.instalment)


def _first_months(of: Inputs, limits: Limits) -> Decimal:
    return of.cash_price + of.fees - of.paid


def _half_of_paid(of: Inputs, limits: Limits) -> Decimal:
    return of.cash_price - limits.paid_share * of.paid


def _price_ratio(of: Inputs, limits: Limits) -> Decimal:
    return of.arrears + of.cash_price * of.future / of.total


_FORMULAS: dict[Stage, Callable[[Inputs, Limits], Decimal]] = {
    Stage.OPTION: _option,
    Stage.DISCOUNT: _discount,
    Stage.EVERYTHING: _everything,
    Stage.SHARE: _share,
    Stage.SHARE_OR_PAYMENT: _share_or_payment,
    Stage.FIRST_MONTHS: _first_months,
    Stage.HALF_OF_PAID: _half_of_paid,
    Stage.PRICE_RATIO: _price_ratio,
}
_ONE_STAGE = {
    BuyoutRule.DISCOUNT: Stage.DISCOUNT,
    BuyoutRule.NEW_YORK: Stage.SHARE_OR_PAYMENT,
    BuyoutRule.HAWAII: Stage.SHARE,
    BuyoutRule.OHIO: Stage.HALF_OF_PAID,
    BuyoutRule.WEST_VIRGINIA: Stage.PRICE_RATIO,
}


def snapshot(of: Inputs, found: Result) -> dict[str, Any]:
    """Everything that went into a figure, as JSON: amounts and days are strings."""
    return {
        "C": str(of.cash_price),
        "T": str(of.total),
        "N": str(of.payments),
        "k": str(of.payments - of.left),
        "left": str(of.left),
        "P": str(of.instalment),
        "paid": str(of.paid),
        "past_due": str(of.past_due),
        "fees": str(of.fees),
        "arrears": str(of.arrears),
        "future": str(of.future),
        "fee": str(of.option_fee),
        "rate": None if of.rate is None else str(of.rate),
        "tax_rate": str(of.tax_rate),
        "state": of.state,
        "delivered_on": of.delivered_on.isoformat(),
        "stage": found.stage.value,
        "is_capped": found.is_capped,
        "total_before_tax": str(found.total_before_tax),
        "tax": str(found.tax),
        "total": str(found.total),
        "contract": _plain(found.contract),
        "ceiling": _plain(found.ceiling) if found.ceiling else None,
    }


def _plain(each: Priced) -> dict[str, str]:
    return {"rule": each.rule.value, "stage": each.stage.value, "amount": str(each.amount)}
