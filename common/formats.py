"""Dates, money and phone numbers as readers of US English or US Spanish write them.

Months are words in both languages: in a dispute, 03/04 and 1.500 are ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.numbers import format_currency
from django.utils import timezone, translation
from django.utils.translation import pgettext

from common.weekdays import WEEKDAYS, Weekday

LOCALES = {"en": Locale("en", "US"), "es": Locale("es", "US")}
#: Spanish writes "4 de marzo de 2026"; Babel's own long pattern is the same.
DAY = {"en": "MMMM d, y", "es": "d 'de' MMMM 'de' y"}
SHORT_DAY = {"en": "MMM d, y", "es": "d MMM y"}
DAY_IN_WORDS = {"en": "EEEE, MMMM d, y", "es": "EEEE d 'de' MMMM 'de' y"}
DAY_HEAD = {"en": "EEE, MMM d", "es": "EEE d MMM"}
WEEKDAY = {"en": "EEEE, MMM d", "es": "EEEE d 'de' MMM"}


def _language() -> str:
    return (translation.get_language() or "en")[:2]


def locale() -> Locale:
    return LOCALES[_language()]


def day(value: date | datetime | None, *, short: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _day(value, _language(), short=short)


@lru_cache(maxsize=1024)
def _day(value: date, language: str, *, short: bool) -> str:
    """Cached: the rows of a list share a few dates."""
    return format_date(value, (SHORT_DAY if short else DAY)[language], locale=LOCALES[language])


def day_in_words(value: date) -> str:
    """With its weekday, to stand beside the field it was typed into."""
    return format_date(value, DAY_IN_WORDS[_language()], locale=locale())


def weekday(value: date) -> str:
    """A date in a week's list, without its year."""
    return format_date(value, WEEKDAY[_language()], locale=locale())


def day_head(value: date | datetime) -> str:
    """The shortest form, for the top of a column."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_date(value, DAY_HEAD[_language()], locale=locale())


def days(chosen: Collection[str]) -> str:
    """Weekdays from their codes; three or more in a row become "Monday to Friday"."""
    runs: list[list[str]] = [[]]
    for code in WEEKDAYS:
        if code in chosen:
            runs[-1].append(str(Weekday(code).label))
        elif runs[-1]:
            runs.append([])
    parts: list[str] = []
    for run in runs:
        if len(run) < 3:
            parts += run
        else:
            both = {"first": run[0], "last": run[-1]}
            parts.append(pgettext("days of a week", "%(first)s to %(last)s") % both)
    return ", ".join(parts)


def clock_time(value: datetime) -> str:
    return format_time(timezone.localtime(value), "short", locale=locale())


def hour(value: time) -> str:
    return format_time(value, "short", locale=locale())


def grouped(number: int) -> str:
    """A whole number as 5,312, the same in both languages in the United States."""
    return f"{number:,}"


def moment(value: datetime | None, *, short: bool = False) -> str:
    """Date and time in the reader's time zone, as a sentence says them; short in a table."""
    if value is None:
        return ""
    if short:
        return f"{day(value, short=True)}, {clock_time(value)}"
    return f"{day(value)}{_at(value)} {clock_time(value)}"


def near_moment(value: datetime, now: datetime) -> str:
    """As a moment, but of today and yesterday by those names."""
    days = (timezone.localtime(now).date() - timezone.localtime(value).date()).days
    if days not in {0, 1}:
        return moment(value)
    name = pgettext("moment", "yesterday") if days else pgettext("moment", "today")
    return f"{name}{_at(value).removeprefix(',')} {clock_time(value)}"


def moment_in(value: datetime, zone: str) -> str:
    """Date and time in a named time zone, because it may not be the reader's."""
    with timezone.override(zone):
        return f"{day(value)}{_at(value)} {time_in(value, zone)}"


def _at(value: datetime) -> str:
    if _language() == "en":
        return ", at"
    return " a la" if timezone.localtime(value).hour % 12 == 1 else " a las"


def zone_name(zone: str) -> str:
    """A time zone's common name with one of its cities: not every place in a zone uses DST."""
    city = zone.rpartition("/")[2].replace("_", " ")
    if city == zone:
        return zone
    return f"{get_timezone_name(ZoneInfo(zone), width='long', locale=locale())}, {city}"


def time_in(value: datetime, zone: str) -> str:
    return _time_in(value, zone, _language())


@lru_cache(maxsize=1024)
def _time_in(value: datetime, zone: str, _language: str) -> str:
    with timezone.override(zone):
        local = timezone.localtime(value)
        name = get_timezone_name(local, width="short", locale=LOCALES["en"])
        return f"{clock_time(local)} {name}"


def iso(value: datetime) -> str:
    return format_datetime(value, "yyyy-MM-dd'T'HH:mm:ssXXX", locale=LOCALES["en"])


def money(value: Decimal | None) -> str:
    """US dollars as `$1,234.56` in both languages."""
    return "" if value is None else format_currency(value, "USD", locale=LOCALES["en"])


def mid_sentence(name: str) -> str:
    """A label as it stands within a sentence. What has a capital further on, or no letter there,
    keeps its own: `ID card`, `I-9`, `Social Security card`.
    """
    is_name = not name[1:2].islower() or any(letter.isupper() for letter in name[1:])
    return name if is_name else name[0].lower() + name[1:]


def phone(value: str) -> str:
    """An E.164 number as people in the United States write it."""
    if not value:
        return ""
    try:
        parsed = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    form = phonenumbers.PhoneNumberFormat
    national = parsed.country_code == 1
    return phonenumbers.format_number(parsed, form.NATIONAL if national else form.INTERNATIONAL)


def parse_phone(text: str) -> str | None:
    """A typed phone number as E.164. None if it can't exist or lacks its area code."""
    try:
        parsed = phonenumbers.parse(as_dialed(text), "US")
    except phonenumbers.NumberParseException:
        return None
    whole = phonenumbers.ValidationResult.IS_POSSIBLE
    if phonenumbers.is_possible_number_with_reason(parsed) != whole:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def as_dialed(text: str) -> str:
    """A leading 00, which most of the world dials before a country code, as +."""
    return re.sub(r"^\W*00", "+", text)
