"""A date as people type it, in either language; `today` is an argument.

In Spanish, two numbers that could each be the month are never guessed: forms in the United States
put the month first, in Latin America the day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from common.accents import without_accents
from common.relative_days import WEEKDAYS, Toward, relative_days

#: By their first three letters, which tell them apart in each language.
MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "ago": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12,
}  # fmt: skip
_MONTH_NAMES = {
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
    "agosto", "septiembre", "octubre", "noviembre", "diciembre", "sept", "set", "setiembre",
}  # fmt: skip
_FILLERS = {"de", "del", "el", "the", "of", "on"}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?")
_WORD = re.compile(r"(\d+)(?:st|nd|rd|th|º|o|er)?|([a-z]+)")


class DayError(ValueError):
    """`code`: day_format, day_none, day_weekday, day_unclear (then `readings` are the two)."""

    def __init__(self, code: str, *readings: date) -> None:
        super().__init__(code)
        self.code, self.readings = code, readings


class _Parts(NamedTuple):
    numbers: list[str]
    months: list[int]
    weekdays: list[int]


def read_day(text: str, *, today: date, month_first: bool, toward: Toward = Toward.NEXT) -> date:
    """DayError if it isn't a date, or could be two. Without a year, the nearest such day.

    `toward`: where a weekday alone is looked for.
    """
    plain = _plain(text)
    if readings := relative_days(plain, today, toward):
        if len(readings) > 1:
            raise DayError("day_unclear", *readings)
        return readings[0]
    if found := _ISO.fullmatch(plain):
        return _day(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(plain):
        first, second = int(found[1]), int(found[2])
        return _of_numbers(first, second, found[3], today, month_first=month_first)
    return _of_words(plain, today)


def _plain(text: str) -> str:
    """Lower case, without accents, however it is spaced."""
    return " ".join(without_accents(text.casefold()).split())


def _of_numbers(
    first: int, second: int, year: str | None, today: date, *, month_first: bool
) -> date:
    readings = {}
    for name, month, day in (("month", first, second), ("day", second, first)):
        try:
            readings[name] = _in_year(month, day, year, today)
        except DayError:
            continue
    if not readings:
        raise DayError("day_none")
    if month_first or len(set(readings.values())) == 1:
        return readings.get("month") or readings["day"]
    raise DayError("day_unclear", *readings.values())


def _of_words(plain: str, today: date) -> date:
    """A day, a month in letters and perhaps a year, in either order; perhaps a weekday, too."""
    numbers, months, weekdays = _parts(plain)
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or len(weekdays) > 1:
        raise DayError("day_format")
    if len(numbers[0]) > 2:  # also more digits than Python makes a number of
        raise DayError("day_none")
    found = _in_year(months[0], int(numbers[0]), numbers[1] if numbers[1:] else None, today)
    if weekdays and found.weekday() != weekdays[0]:
        raise DayError("day_weekday")
    return found


def _parts(plain: str) -> _Parts:
    parts = _Parts([], [], [])
    for word in re.split(r"[\s,./-]+", plain):
        if not word or word in _FILLERS:
            continue
        found = _WORD.fullmatch(word)
        if found and found[1]:
            parts.numbers.append(found[1])
        elif word in _MONTH_NAMES or word in MONTHS:
            parts.months.append(MONTHS.get(word[:3], 9))  # setiembre
        elif word in WEEKDAYS:
            parts.weekdays.append(WEEKDAYS[word])
        else:
            raise DayError("day_format")
    return parts


def _in_year(month: int, day: int, year: str | None, today: date) -> date:
    if year is not None:
        if len(year) not in {2, 4}:
            raise DayError("day_none")
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    nearest: list[date] = []
    for each in (today.year - 1, today.year, today.year + 1):
        try:
            nearest.append(_day(each, month, day))
        except DayError:
            continue  # February 29
    if not nearest:
        raise DayError("day_none")
    return min(nearest, key=lambda found: abs(found - today))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise DayError("day_none") from None
