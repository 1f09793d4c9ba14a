"""Late fees, by the rule of the state of signing. Pure; amounts in US dollars.

A fee is a percentage of the payment, or of the unpaid part, between the rule's minimum and maximum,
and only once more days have passed than the grace period has. If the law allows a fee "after three
days" the grace period is 3; if no payment "less than three days late" bears one, it's 2. One fee
for each payment of the schedule. Without a rule there is none. A rule's figures are configuration
(StateRule), with their source.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from leases.enums import FeeBase, Frequency
from leases.money import ZERO, cents


class LateRow(Protocol):
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
    def days_late(self) -> int: ...


class LateFeeRule(NamedTuple):
    """One state's rule. "Longer" is every frequency except weekly."""

    state: str
    percent: Decimal
    of: str
    least_weekly: Decimal
    least_longer: Decimal
    most: Decimal | None
    grace_weekly: int
    grace_longer: int
    source: str

    def least(self, frequency: str) -> Decimal:
        return self.least_weekly if frequency == Frequency.WEEKLY else self.least_longer

    def grace(self, frequency: str) -> int:
        return self.grace_weekly if frequency == Frequency.WEEKLY else self.grace_longer


class Fee(NamedTuple):
    amount: Decimal
    breakdown: dict[str, Any]  # JSON: amounts as strings


def fee_for(
    row: LateRow, frequency: str, rule: LateFeeRule, *, counts_from: date | None = None
) -> Fee | None:
    """The fee for a payment as it stands, or None (paid, or within the grace period).

    `counts_from`: the day from which it counts as late, if that isn't its due day (fee_pauses).
    """
    grace = rule.grace(frequency)
    counts_from = counts_from or row.due_on
    if row.left <= 0 or row.days_late - (counts_from - row.due_on).days <= grace:
        return None
    base = row.left if rule.of == FeeBase.DELINQUENT else row.amount
    least = rule.least(frequency)
    amount = cents(base * rule.percent / 100)
    if rule.most is not None:
        amount = min(amount, rule.most)
    amount = max(amount, least)
    if amount <= ZERO:
        return None
    paused = {} if counts_from == row.due_on else {"counts_from": counts_from.isoformat()}
    return Fee(
        amount,
        {
            "instalment": row.number,
            "due_on": row.due_on.isoformat(),
            "days_late": row.days_late,
            "unpaid": str(row.left),
            "state": rule.state,
            "percent": f"{rule.percent.normalize():f}",
            "of": str(rule.of),
            "base": str(base),
            "least": str(cents(least)),
            "most": None if rule.most is None else str(cents(rule.most)),
            "grace_days": grace,
            "source": rule.source,
            **paused,
        },
    )
