"""When someone is reminded of what was agreed for a day. Pure, except for the shape of a query."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from common.company_day import business_day, company_zone
from common.weekdays import WEEKDAYS
from leases.availability import Window, is_open

AHEAD = timedelta(days=2)
#: For customers with no hours on any of those days.
FARTHEST = timedelta(days=6)

Rows = TypeVar("Rows", bound=QuerySet[Any])


def is_time(hours: Window, due_on: date, *, agreed_at: datetime, now: datetime) -> bool:
    """In their hours, from two days ahead on, or on the last day with hours before that."""
    begins = due_on - AHEAD
    if not hours.days & {WEEKDAYS[(due_on - timedelta(back)).weekday()] for back in range(3)}:
        while WEEKDAYS[begins.weekday()] not in hours.days:
            begins -= timedelta(days=1)
    return business_day(agreed_at) < begins <= business_day(now) and is_open(hours, now)


def agreed_before(rows: Rows, at: str) -> Rows:
    """Agreed before the reminder's days; otherwise the confirmation has just said it."""
    agreed_on = TruncDate(at, tzinfo=company_zone())
    return rows.alias(agreed_on=agreed_on).filter(due_on__gt=F("agreed_on") + AHEAD)
