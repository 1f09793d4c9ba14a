"""When a customer may be contacted with something they didn't ask for. Pure: every time is an
argument.

The hours are the customer's if known, otherwise the company's, always in the customer's time zone,
so no one gets a mail at night without asking for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from common.weekdays import WEEKDAYS


class Hours(NamedTuple):
    """From the first hour up to, but not including, the second."""

    start: time
    end: time


class Window(NamedTuple):
    days: frozenset[str]
    hours: Hours
    zone: ZoneInfo


def window(
    days: Collection[str], start: time | None, end: time | None, zone: str, company: Hours
) -> Window:
    """A customer's contact hours as stored: no days means all days, no hours means the
    company's.
    """
    hours = company if start is None or end is None else Hours(start, end)
    return Window(frozenset(days or WEEKDAYS), hours, ZoneInfo(zone))


def is_open(of: Window, now: datetime) -> bool:
    local = now.astimezone(of.zone)
    within = of.hours.start <= local.time() < of.hours.end
    return within and WEEKDAYS[local.weekday()] in of.days


def next_open(of: Window, now: datetime) -> datetime:
    """`now` if the hours are open; otherwise the next time they open on one of the days, in UTC.

    An opening time that spring skips counts as the time the same distance after the gap; hours that
    lie completely in the gap don't open that day. ValueError for hours that never open.
    """
    if is_open(of, now):
        return now
    today = now.astimezone(of.zone).date()
    for ahead in range(15):  # the week's only day may be the one with the gap
        opening = datetime.combine(today + timedelta(days=ahead), of.hours.start, of.zone)
        at = opening.astimezone(UTC)
        if at > now and is_open(of, at):
            return at
    raise ValueError(of.hours)
