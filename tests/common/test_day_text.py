"""Dates as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from common.day_text import DayError, read_day
from common.formats import LOCALES, day, day_in_words
from common.relative_days import Toward

TODAY = date(2026, 11, 29)
LAST_OF_NOVEMBER = date(2026, 11, 30)


def read(text: str, *, month_first: bool = False) -> date:
    return read_day(text, today=TODAY, month_first=month_first)


FRIDAY, LAST_FRIDAY = date(2026, 12, 4), date(2026, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "viernes", "Viernes", "vie", "el viernes", "este viernes", "el próximo viernes",
        "el viernes próximo", "viernes que viene", "friday", "Fri.", "on Friday", "this friday",
        "in 5 days", "in five days", "en 5 días", "en cinco días", "dentro de 5 días",
    ],
)  # fmt: skip
def test_a_day_can_be_told_from_today(text: str) -> None:
    assert read(text) == read(text, month_first=True) == FRIDAY


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("sunday", 7), ("el domingo", 7), ("lunes", 1), ("sábado", 6), ("in a week", 7),
        ("en una semana", 7), ("en 2 semanas", 14), ("pasado mañana", 2), ("hace 3 días", -3),
        ("the day after tomorrow", 2), ("2 days ago", -2), ("last friday", -2),
        ("el viernes pasado", -2), ("el pasado domingo", -7),
    ],
)  # fmt: skip
def test_a_weekday_is_never_today(text: str, days: int) -> None:
    """It's Sunday."""
    assert read(text) == TODAY + timedelta(days=days)


def test_a_weekday_of_what_has_happened_is_the_last_one() -> None:
    def last(text: str) -> date:
        return read_day(text, today=TODAY, month_first=False, toward=Toward.LAST)

    assert last("viernes") == last("on Friday") == LAST_FRIDAY
    assert last("domingo") == TODAY - timedelta(days=7)
    assert last("el próximo viernes") == FRIDAY


@pytest.mark.parametrize(
    ("text", "toward", "readings"),
    [
        ("next friday", Toward.NEXT, (FRIDAY, date(2026, 12, 11))),
        ("viernes", Toward.EITHER, (LAST_FRIDAY, FRIDAY)),
    ],
)
def test_a_weekday_that_can_be_two_is_asked_about(
    text: str, toward: Toward, readings: tuple[date, date]
) -> None:
    with pytest.raises(DayError) as refused:
        read_day(text, today=TODAY, month_first=True, toward=toward)
    assert (refused.value.code, refused.value.readings) == ("day_unclear", readings)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30", "2026/11/30", "2026.11.30",
        "30 nov 2026", "30 de noviembre de 2026", "el 30 de noviembre", "30 Nov", "nov 30",
        "Nov 30, 2026", "November 30th, 2026", "Nov. 30", "30-nov-2026", "30/nov/26", "30 NOV 26",
        "lunes 30 de noviembre de 2026", "Monday, November 30, 2026", "lun 30 nov", "  30   nov ",
        "30/11/2026", "11/30/2026", "30.11.2026", "11-30-26", "30/11", "11/30",
        "mañana", "MAÑANA", "manana", "tomorrow",
    ],
)  # fmt: skip
def test_what_can_only_mean_one_day_is_that_day(text: str) -> None:
    assert read(text) == read(text, month_first=True) == LAST_OF_NOVEMBER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoy", TODAY), ("yesterday", TODAY - timedelta(days=1)),
        ("5 ene", date(2027, 1, 5)), ("Sept 5", date(2026, 9, 5)),
        ("1º de marzo", date(2027, 3, 1)),
        ("5 de setiembre de 2026", date(2026, 9, 5)), ("29 feb", date(2028, 2, 29)),
        ("5/5/2027", date(2027, 5, 5)), ("1er de enero de 2027", date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_without_a_year_the_nearest_such_day_is_meant(text: str, expected: date) -> None:
    if text == "29 feb":
        with pytest.raises(DayError):
            read(text)
        assert read_day(text, today=date(2028, 1, 5), month_first=False) == expected
    else:
        assert read(text) == expected


@pytest.mark.parametrize(("text", "days"), [("en ocho días", 7), ("dentro de quince días", 14)])
def test_eight_days_may_be_a_week(text: str, days: int) -> None:
    with pytest.raises(DayError) as error:
        read(text)
    assert error.value.readings == (TODAY + timedelta(days=days), TODAY + timedelta(days=days + 1))


def test_two_numbers_that_could_each_be_the_month_are_asked_about_in_spanish() -> None:
    assert read("03/04/2026", month_first=True) == date(2026, 3, 4)
    with pytest.raises(DayError) as refused:
        read("03/04/2026")
    assert refused.value.code == "day_unclear"
    assert refused.value.readings == (date(2026, 3, 4), date(2026, 4, 3))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "day_format"), ("next week", "day_format"), ("in some days", "day_format"),
        ("viernes viernes", "day_format"), ("en 3 meses", "day_format"),
        ("30", "day_format"), ("30 noviombre", "day_format"), ("nov", "day_format"),
        ("nov dic 3", "day_format"), ("1 2 3 nov", "day_format"), ("3/2026", "day_format"),
        ("31 feb 2026", "day_none"), ("2026-02-30", "day_none"), ("13/13/2026", "day_none"),
        ("30 nov 99999", "day_none"), ("0/0/2026", "day_none"), ("5 nov 0", "day_none"),
        ("2026 nov 5", "day_none"), pytest.param("5" * 5000 + " nov", "day_none", id="digits"),
        ("martes 30 de noviembre de 2026", "day_weekday"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    with pytest.raises(DayError) as refused:
        read(text)
    assert refused.value.code == code


@pytest.mark.parametrize("language", LOCALES)
def test_what_we_write_is_read_back_by_readers_of_both_languages(language: str) -> None:
    """Someone may change the page's language between the two."""
    with translation.override(language):
        for number in range(400):
            each = TODAY + timedelta(days=number)
            for written in (day(each), day(each, short=True), day_in_words(each)):
                assert read(written) == read(written, month_first=True) == each
