"""Figures and days as readers of US English and US Spanish write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template.defaultfilters import filesizeformat, floatformat
from django.utils import timezone, translation

from common import formats


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "March 4, 2026"), ("es", "4 de marzo de 2026")]
)
def test_months_are_words(language: str, expected: str) -> None:
    with translation.override(language):
        assert formats.day(date(2026, 3, 4)) == expected


@pytest.mark.parametrize("language", ["en", "es"])
def test_numbers_are_american_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert formats.money(Decimal("1234.5")) == "$1,234.50"
        assert floatformat(29.3, 1) == "29.3"
        assert filesizeformat(30_003).replace("\xa0", " ") == "29.3 KB"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Mar 4, 2026, 5:30 PM"), ("es", "4 mar 2026, 5:30 p.m.")],
)
def test_moments_are_in_the_readers_time_zone(language: str, expected: str) -> None:
    with translation.override(language), timezone.override("America/Chicago"):
        shown = formats.moment(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), short=True)
    assert " ".join(shown.split()) == expected


@pytest.mark.parametrize(
    ("language", "hour", "expected"),
    [
        ("en", 23, "March 4, 2026, at 5:30 PM"),
        ("es", 23, "4 de marzo de 2026 a las 5:30 p.m."),
        ("es", 19, "4 de marzo de 2026 a la 1:30 p.m."),
        ("es", 7, "4 de marzo de 2026 a la 1:30 a.m."),
    ],
)
def test_a_sentence_says_at_what_time(language: str, hour: int, expected: str) -> None:
    at = datetime(2026, 3, 4, hour, 30, tzinfo=UTC)
    with translation.override(language):
        with timezone.override("America/Chicago"):
            assert " ".join(formats.moment(at).split()) == expected
        named = formats.moment_in(at, "America/Chicago")
        assert " ".join(named.split()) == f"{expected} CST"


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [
        ("en", 4, "today at 5:30 PM"),
        ("es", 4, "hoy a las 5:30 p.m."),
        ("en", 3, "yesterday at 5:30 PM"),
        ("es", 3, "ayer a las 5:30 p.m."),
        ("en", 2, "March 2, 2026, at 5:30 PM"),
        ("es", 5, "5 de marzo de 2026 a las 5:30 p.m."),
    ],
)
def test_today_and_yesterday_are_said_by_name(language: str, day: int, expected: str) -> None:
    at, now = datetime(2026, 3, day, 23, 30, tzinfo=UTC), datetime(2026, 3, 5, 5, 59, tzinfo=UTC)
    with translation.override(language), timezone.override("America/Chicago"):
        assert " ".join(formats.near_moment(at, now).split()) == expected


def test_hours_have_no_date() -> None:
    with translation.override("es"):
        assert " ".join(formats.hour(time(17)).split()) == "5:00 p.m."


@pytest.mark.parametrize(
    ("codes", "en", "es"),
    [
        ("mon tue wed thu fri", "Monday to Friday", "lunes a viernes"),
        ("fri mon tue", "Monday, Tuesday, Friday", "lunes, martes, viernes"),
        ("mon wed thu fri sun", "Monday, Wednesday to Friday, Sunday", ""),
        ("sat sun", "Saturday, Sunday", "sábado, domingo"),
        ("", "", ""),
    ],
)
def test_days_in_a_row_are_a_range(codes: str, en: str, es: str) -> None:
    with translation.override("en"):
        assert formats.days(codes.split()) == en
    with translation.override("es"):
        assert not es or formats.days(codes.split()) == es


@pytest.mark.parametrize(
    ("zone", "en", "es"),
    [
        ("America/Chicago", "Central Time, Chicago", "hora central, Chicago"),
        ("America/New_York", "Eastern Time, New York", "hora oriental, New York"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_time_zones_are_words(zone: str, en: str, es: str) -> None:
    with translation.override("en"):
        assert formats.zone_name(zone) == en
    with translation.override("es"):
        assert formats.zone_name(zone) == es


def test_the_head_of_a_column_is_short() -> None:
    with translation.override("en"):
        assert formats.day_head(date(2026, 11, 16)) == "Mon, Nov 16"
    with translation.override("es"):
        assert formats.day_head(date(2026, 11, 16)) == "lun 16 nov"


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("(210) 555-0134", "+12105550134", "(210) 555-0134"),
        ("210.555.0134", "+12105550134", "(210) 555-0134"),
        ("+52 55 1234 5678", "+525512345678", "+52 55 1234 5678"),
        ("001 210 555 0134", "+12105550134", "(210) 555-0134"),
        ("00 52 55 1234 5678", "+525512345678", "+52 55 1234 5678"),
        ("011 52 55 1234 5678", "+525512345678", "+52 55 1234 5678"),
        ("555-0134", None, ""),
        ("12", None, ""),
        ("hola", None, ""),
    ],
)
def test_phones_are_stored_one_way(typed: str, stored: str | None, shown: str) -> None:
    assert formats.parse_phone(typed) == stored
    assert formats.phone(stored or "") == shown


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Recibos", "recibos"),
        ("Óptica", "óptica"),
        ("ID card", "ID card"),
        ("A", "A"),
        ("", ""),
        ("I-9", "I-9"),
        ("Social Security card", "Social Security card"),
        ("Mexican ID", "Mexican ID"),
    ],
)
def test_a_label_within_a_sentence_has_no_capital(label: str, within: str) -> None:
    assert formats.mid_sentence(label) == within
