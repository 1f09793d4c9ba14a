"""When a customer may be written to unasked. Pure: every instant comes in as an argument.

Hours are the customer's own where they are known, else the company's, always on the customer's
clock; so nobody is written to at night who has not asked for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from common.weekdays import WEEKDAYS


class Hours(NamedTuple):
    """From the first up to, not including, the second."""

    start: time
    end: time


class Window(NamedTuple):
    days: frozenset[str]
    hours: Hours
    zone: ZoneInfo


def window(
    days: Collection[str], start: time | None, end: time | None, zone: str, company: Hours
) -> Window:
    """A customer's window as it is stored: no days are all days, no hours the company's."""
    hours = company if start is None or end is None else Hours(start, end)
    return Window(frozenset(days or WEEKDAYS), hours, ZoneInfo(zone))


def is_open(of: Window, now: datetime) -> bool:
    local = now.astimezone(of.zone)
    within = of.hours.start <= local.time() < of.hours.end
    return within and WEEKDAYS[local.weekday()] in of.days


def next_open(of: Window, now: datetime) -> datetime:
    """`now` if the window is open, else the first instant at which one of its days opens, in UTC.

    An opening that spring skips counts as the instant just as far after the gap; hours that lie in
    the gap altogether do not open that day. ValueError for hours that never open.
    """
    if is_open(of, now):
        return now
    today = now.astimezone(of.zone).date()
    for ahead in range(15):  # the only day of a week may be the one with the gap
        opening = datetime.combine(today + timedelta(days=ahead), of.hours.start, of.zone)
        at = opening.astimezone(UTC)
        if at > now and is_open(of, at):
            return at
    raise ValueError(of.hours)
