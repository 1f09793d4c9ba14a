"""Due days and the state of each payment of the schedule. Pure: today is an argument.

Money covers payments in the order they are due. A moved payment is an adjustment down on its old
day and up on the new one; a lowered one is an adjustment down on its own day. Reversing them puts
the same amounts back on the same days. So a payment is due on the last day on which something of it
is left to charge.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, Protocol

from leases.enums import Frequency, LedgerKind, Part
from leases.money import ZERO

#: Payments in twelve months.
PER_YEAR = {
    Frequency.WEEKLY: 52,
    Frequency.BIWEEKLY: 26,
    Frequency.SEMIMONTHLY: 24,
    Frequency.MONTHLY: 12,
}


def due_days(first: date, frequency: str, count: int) -> list[date]:
    """`count` days from `first` on.

    Monthly keeps the day of the month, or the month's last; twice a month means `first` and the day
    15 days apart from it in the same month, both every month.
    """
    frequency = Frequency(frequency)
    if frequency in {Frequency.WEEKLY, Frequency.BIWEEKLY}:
        step = timedelta(weeks=1 if frequency == Frequency.WEEKLY else 2)
        return [first + step * place for place in range(count)]
    if frequency == Frequency.MONTHLY:
        return [_in_month(first, place, first.day) for place in range(count)]
    low, high = sorted((first.day, first.day + 15 if first.day <= 15 else first.day - 15))
    days = [_in_month(first, place // 2, high if place % 2 else low) for place in range(count + 1)]
    return [day for day in days if day >= first][:count]


def _in_month(first: date, months: int, day: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


class LedgerLine(Protocol):
    """What is read of a ledger entry."""

    pk: int
    kind: str
    part: str
    amount: Decimal
    effective_on: date
    instalment_id: int | None
    reverses_id: int | None


class AgreedPayment(Protocol):
    """What is read of an agreed payment."""

    pk: int
    number: int
    due_on: date
    amount: Decimal


class State(Enum):
    PAID = "paid"
    PARTLY = "partly"  # something is paid, the rest isn't due yet
    OVERDUE = "overdue"
    DUE = "due"  # today
    UPCOMING = "upcoming"
    LIFTED = "lifted"  # nothing of it is left to pay: written off or spread over others


class ScheduleRow(NamedTuple):
    """One payment of the schedule as it stands."""

    id: int
    number: int
    due_on: date
    amount: Decimal
    paid: Decimal
    state: State
    days_late: int
    agreed_on: date  # the due day in the contract, if it was moved
    agreed_amount: Decimal

    @property
    def left(self) -> Decimal:
        return self.amount - self.paid

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.agreed_on


class Standing(NamedTuple):
    """A lease's money on a day. No amount is negative except `balance`."""

    rows: list[ScheduleRow]
    received: Decimal  # lease payments received, minus reversals
    past_due: Decimal  # payments due before today and not paid, and other charges
    due_now: Decimal  # that plus today's own payment
    fees: Decimal  # unpaid
    arrears: Decimal  # past_due + fees
    balance: Decimal  # all that is left to pay, including future payments; below 0 a credit
    next: ScheduleRow | None  # the first payment that isn't paid and isn't past due
    paid_count: int  # payments made in full
    cut_off: date | None  # the last due day up to today: the day the figures are about

    @property
    def is_paid_in_full(self) -> bool:
        """All that was agreed was received, not only written off or bought out."""
        return self.received >= sum((row.agreed_amount for row in self.rows), ZERO)

    @property
    def late(self) -> list[ScheduleRow]:
        """Past due, the oldest first."""
        return [row for row in self.rows if row.state == State.OVERDUE]

    @property
    def to_come(self) -> list[ScheduleRow]:
        """Not paid and not past due: today's first, if there is one."""
        return [row for row in self.rows if row.left > 0 and row.state != State.OVERDUE]


def standing(
    instalments: Sequence[AgreedPayment], lines: Iterable[LedgerLine], today: date
) -> Standing:
    """The schedule and the sums of a lease on `today`, from the ledger alone.

    Lines dated after `today` count only as future payments. `balance` is the sum of all others.
    """
    lines = list(lines)
    payments = {line.pk for line in lines if line.kind == LedgerKind.PAYMENT}
    charged: dict[int, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    received = fees = loose = ZERO
    for line in lines:
        if line.part == Part.RENT and line.instalment_id is not None:
            charged[line.instalment_id][line.effective_on] += line.amount
        elif line.effective_on > today:
            continue
        elif line.part == Part.FEES:
            fees += line.amount
        elif line.pk in payments or line.reverses_id in payments:
            received -= line.amount
        else:
            loose += line.amount  # an adjustment without a payment
    if fees < 0:  # a fee was paid and then taken back: that money pays the lease
        received, fees = received - fees, ZERO
    amounts = {each.pk: sum(charged[each.pk].values(), ZERO) for each in instalments}
    # What was taken off a payment beyond its amount is a credit like any other.
    left = received - loose - sum((min(amount, ZERO) for amount in amounts.values()), ZERO)
    rows = []
    for due_on, each in sorted(
        ((_due(each, charged[each.pk]), each) for each in instalments),
        key=lambda pair: (pair[0], pair[1].number),
    ):
        amount = max(amounts[each.pk], ZERO)
        paid = max(ZERO, min(amount, left))
        left -= paid
        rows.append(_row(each, due_on, amount, paid, today))
    besides = max(-left, ZERO)  # charges other than payments of the schedule, not covered
    past_due = sum((row.left for row in rows if row.due_on < today), besides)
    due_now = sum((row.left for row in rows if row.due_on <= today), besides)
    due_days_passed = [row.due_on for row in rows if row.due_on <= today and row.amount > 0]
    return Standing(
        rows=rows,
        received=received,
        past_due=past_due,
        due_now=due_now,
        fees=fees,
        arrears=past_due + fees,
        balance=sum((row.left for row in rows), ZERO) - left + fees,
        next=next((row for row in rows if row.due_on >= today and row.left > 0), None),
        paid_count=sum(row.state == State.PAID for row in rows),
        cut_off=max(due_days_passed, default=None),
    )


def _due(each: AgreedPayment, charged: dict[date, Decimal]) -> date:
    """Its own day, or the day it was moved to."""
    return max((day for day, amount in charged.items() if amount > 0), default=each.due_on)


def _row(
    each: AgreedPayment, due_on: date, amount: Decimal, paid: Decimal, today: date
) -> ScheduleRow:
    left = amount - paid
    if amount <= 0:
        state = State.LIFTED
    elif left <= 0:
        state = State.PAID
    elif due_on < today:
        state = State.OVERDUE
    elif due_on == today:
        state = State.DUE
    else:
        state = State.PARTLY if paid else State.UPCOMING
    late = (today - due_on).days if state == State.OVERDUE else 0
    return ScheduleRow(
        each.pk, each.number, due_on, amount, paid, state, late, each.due_on, each.amount
    )
