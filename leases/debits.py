"""When an automatic payment is charged, and until when it can still be changed. Pure.

The bank starts to process a charge `lead` business days before its day. After that it's too late to
change what it is charged to, and only the bank can stop it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from common.business_days import subtract_business_days
from leases.schedule import ScheduleRow


class Debit(NamedTuple):
    on: date
    amount: Decimal
    last_change_on: date  # can be changed until the end of this day
    on_its_way: bool


def debits(
    rows: Sequence[ScheduleRow], *, since: date, until: date | None = None, lead: int, today: date
) -> list[Debit]:
    """What is left of each payment, charged on its day: from `since` on, before `until`."""
    found: list[Debit] = []
    for row in rows:
        day = row.due_on
        if row.left <= 0 or day < max(since, today) or (until is not None and day >= until):
            continue
        last = subtract_business_days(day, lead)
        if found and found[-1].on == day:  # two payments on one day are one charge
            found[-1] = found[-1]._replace(amount=found[-1].amount + row.left)
        else:
            found.append(Debit(day, row.left, last, on_its_way=last < today))
    return found


def first_in_time(rows: Sequence[ScheduleRow], *, lead: int, today: date) -> date | None:
    """The day of the first charge not yet being processed; None if nothing is left to charge."""
    each = debits(rows, since=today, lead=lead, today=today)
    return next((debit.on for debit in each if not debit.on_its_way), None)
