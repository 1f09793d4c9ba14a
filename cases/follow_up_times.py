"""When a follow-up goes out: from its rule and day to a time in the customer's hours. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from cases.enums import FollowUpRule
from common.business_days import add_business_days
from leases.availability import Window, is_open, next_open

#: How long before the customer's hours end a follow-up goes out that must reach them in time.
LEAD = timedelta(hours=1)
MOST_BUSINESS_DAYS = 60


class Planned(NamedTuple):
    at: datetime  # in UTC
    on: date  # on the customer's calendar


def today(window: Window, now: datetime) -> date:
    return now.astimezone(window.zone).date()


def chosen_day(
    rule: str, *, on: date | None, days: int | None, window: Window, now: datetime
) -> date:
    """The day a rule means, on the customer's calendar. ValueError if it names none."""
    if rule == FollowUpRule.BUSINESS_DAYS:
        if days is None:
            raise ValueError(rule)
        return add_business_days(today(window, now), days)
    if rule == FollowUpRule.WINDOW_ENDS:
        return on or today(window, now)
    if on is None:
        raise ValueError(rule)
    return on


def planned(rule: str, day: date, window: Window, now: datetime) -> Planned:
    """When a follow-up of `day` goes out: as the customer's hours begin, or before they end.

    A day that isn't one of the customer's, or whose hours are over, leads to the next one that is.
    Never before `now`, never outside the hours.
    """
    begins = datetime.combine(day, time(), window.zone).astimezone(UTC)
    opening = next_open(window, max(now, begins))
    at = opening
    if rule == FollowUpRule.WINDOW_ENDS:
        at = max(opening, _end(window, opening) - LEAD)
    return Planned(at.astimezone(UTC), today(window, at))


def is_over(day: date, window: Window, now: datetime) -> bool:
    """Whether it is one of the customer's days, and its hours have passed."""
    return day == today(window, now) and _end(window, now) <= now


def put_off(rule: str, window: Window, now: datetime) -> Planned | None:
    """Where a due follow-up moves if the customer may not be contacted now."""
    return None if is_open(window, now) else planned(rule, today(window, now), window, now)


def _end(window: Window, of: datetime) -> datetime:
    return datetime.combine(today(window, of), window.hours.end, window.zone).astimezone(UTC)
