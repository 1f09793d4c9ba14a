"""Late fees wait while a charge is under review. Pure.

The pause begins when the charge is disputed and ends on the day it's decided or withdrawn, or after
the longest pause of the program. What came before counts no more: from that day on, the customer
has the whole grace period again, so a decision never brings a fee by surprise.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Pause(NamedTuple):
    """Of one disputed charge, in the company's days."""

    until: date | None  # the last day of the longest pause, if there is one
    decided_on: date | None

    @property
    def last_day(self) -> date | None:
        """None as long as nothing ends it."""
        ends = [each for each in (self.until, self.decided_on) if each is not None]
        return min(ends, default=None)


def pause_until(today: date, days: int | None) -> date | None:
    """The last day of a pause that begins today: `days` from the program, None without an end."""
    return None if days is None else today + timedelta(days=days)


def counts_from(due_on: date, pauses: Iterable[Pause], today: date) -> date | None:
    """The day from which a payment counts as late; None while a pause is in force.

    On the day of a decision nothing is charged yet.
    """
    start = due_on
    for pause in pauses:
        last = pause.last_day
        if last is None or last >= today:
            return None
        start = max(start, last)
    return start
