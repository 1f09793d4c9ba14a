"""Days by which somebody must act. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Business days until the next update when nobody names a day.
NEXT_UPDATE_DAYS = 3
MORNING = time(9)
EVENING = time(20)


def add_business_days(start: date, days: int) -> date:
    """`days` Mondays to Fridays after `start`; holidays are not left out."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day


def next_update(now: datetime, zone: ZoneInfo) -> date:
    return add_business_days(now.astimezone(zone).date(), NEXT_UPDATE_DAYS)


def send_at(on: date, zone: ZoneInfo, available_from: time | None) -> datetime:
    """When a follow-up goes out on its day: as the customer's availability begins, else at nine."""
    return datetime.combine(on, available_from or MORNING, tzinfo=zone)


def hours_are_over(on: date, now: datetime, zone: ZoneInfo, available_to: time | None) -> bool:
    """Whether the customer's hours of that day have passed; unnamed, they end at eight."""
    return datetime.combine(on, available_to or EVENING, tzinfo=zone) <= now
