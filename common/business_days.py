"""Business days: Monday to Friday except U.S. federal holidays. Pure.

A holiday that falls on a weekend is observed on the nearest weekday, as the federal calendar does
(5 U.S.C. § 6103).
"""

from __future__ import annotations

from datetime import date, timedelta

from holidays import country_holidays

_HOLIDAYS = country_holidays("US")  # holds the years asked for so far
_DAY = timedelta(days=1)


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _HOLIDAYS


def add_business_days(day: date, count: int) -> date:
    """The `count`th business day after `day`. With 0, `day` itself, business day or not."""
    return _walk(day, count, _DAY)


def subtract_business_days(day: date, count: int) -> date:
    """The `count`th business day before `day`."""
    return _walk(day, count, -_DAY)


def _walk(day: date, count: int, step: timedelta) -> date:
    if count < 0:
        raise ValueError("count is not negative")
    while count:
        day += step
        count -= is_business_day(day)
    return day
