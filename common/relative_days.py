"""A day told from today: “viernes”, “in 3 days”, “pasado mañana”. Pure, for `day_text`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum


class Toward(StrEnum):
    """Which “Friday” is meant. Never today: who means today says so."""

    NEXT = "next"
    LAST = "last"  # of what has happened
    EITHER = "either"  # it's asked


RELATIVE = {
    "today": 0, "hoy": 0, "tomorrow": 1, "manana": 1, "yesterday": -1, "ayer": -1,
    "day after tomorrow": 2, "the day after tomorrow": 2, "pasado manana": 2,
}  # fmt: skip
_NAMES = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "lunes martes miercoles jueves viernes sabado domingo",
)
WEEKDAYS = {name: at for names in _NAMES for at, name in enumerate(names.split())}
WEEKDAYS |= {name[:3]: at for name, at in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
_WEEKDAY = re.compile(
    r"(?:the |el )?(?P<before>(?:this|on|next|last|este|proximo|pasado)(?: |$))?"
    r"(?P<name>[a-z]+)[.,]?(?: (?P<after>que viene|proximo|pasado))?"
)
_NUMBERS = {
    "a": 1, "one": 1, "un": 1, "una": 1, "two": 2, "dos": 2, "three": 3, "tres": 3, "four": 4,
    "cuatro": 4, "five": 5, "cinco": 5, "six": 6, "seis": 6, "seven": 7, "siete": 7, "eight": 8,
    "nine": 9, "nueve": 9, "ten": 10, "diez": 10,
}  # fmt: skip
#: In Spanish, a week and two of them, or just that many days: it's asked.
_WEEKS = {"ocho": 7, "quince": 14}
_COUNTED = re.compile(
    r"(?P<before>in|en|dentro de|hace) (?P<number>\d{1,3}|[a-z]+)"
    r" (?P<unit>days?|dias?|weeks?|semanas?)"
)
_AGO = re.compile(r"(?P<number>\d{1,3}|[a-z]+) (?P<unit>days?|weeks?) ago")


def relative_days(plain: str, today: date, toward: Toward = Toward.NEXT) -> list[date]:
    """The days that it can mean; none if it isn't told from today.

    `plain`: lower case, without accents. “Next Friday” can be this week's or the one after.
    """
    if plain in RELATIVE:
        return [today + timedelta(days=RELATIVE[plain])]
    if found := _AGO.fullmatch(plain):
        return _counted(found, today, sign=-1)
    if found := _COUNTED.fullmatch(plain):
        return _counted(found, today, sign=-1 if found["before"] == "hace" else 1)
    if found := _WEEKDAY.fullmatch(plain):
        return _weekday(found, today, toward)
    return []


def _counted(found: re.Match[str], today: date, *, sign: int) -> list[date]:
    number = found["number"]
    if number in _WEEKS and found["unit"][0] == "d":
        days = _WEEKS[number]
        return [today + timedelta(days=sign * each) for each in (days, days + 1)]
    count = int(number) if number.isdecimal() else _NUMBERS.get(number)
    if count is None:
        return []
    each = 7 if found["unit"][0] in "ws" else 1
    return [today + timedelta(days=sign * count * each)]


def _weekday(found: re.Match[str], today: date, toward: Toward) -> list[date]:
    if found["name"] not in WEEKDAYS:
        return []
    said = {(found["before"] or "").strip(), found["after"] or ""}
    ahead = (WEEKDAYS[found["name"]] - today.weekday() - 1) % 7 + 1  # 1 to 7
    coming = today + timedelta(days=ahead)
    if "next" in said:
        return [coming, coming + timedelta(days=7)]
    last = coming - timedelta(days=7 if ahead < 7 else 14)
    if said & {"last", "pasado"}:
        return [last]
    if said - {"", "on"} or toward == Toward.NEXT:
        return [coming]
    return [last] if toward == Toward.LAST else [last, coming]
