"""Until when the contract’s option to buy at the cash price stands, and what it costs. Pure.

What the contract calls its 90-day option: counted in days from the delivery, in California in
months (leases/buyout.py).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from leases import buyout
from leases.enums import BuyoutRule

#: The days before the last one on which it’s marked.
LAST_DAYS = 10


class OptionClock(NamedTuple):
    until: date  # the last day
    days_left: int  # after today; below zero once it’s over
    amount: Decimal | None  # US dollars, today; None once it’s over

    @property
    def is_over(self) -> bool:
        return self.days_left < 0

    @property
    def ends_soon(self) -> bool:
        return 0 <= self.days_left <= LAST_DAYS


def option_clock(
    *,
    rule: str,
    delivered_on: date,
    state: str,
    total: Decimal,
    today: date,
    limits: buyout.Limits,
) -> OptionClock | None:
    """`rule`: the contract’s; `total`: what buying costs today. None if there is no such option."""
    if rule != BuyoutRule.OPTION:
        return None
    until = buyout.option_ends(delivered_on, state, limits)
    left = (until - today).days
    return OptionClock(until, left, total if left >= 0 else None)
