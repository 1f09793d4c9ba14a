"""How late something is, in the words people use in each language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from cases.due_words import days_left, days_left_in_full, due_words

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("days", "english", "spanish", "when"),
    [
        (-1204, "1,204 days late", "1,204 días tarde", "worst"),
        (-8, "8 days late", "8 días tarde", "worst"),
        (-7, "7 days late", "7 días tarde", "worst"),
        (-6, "6 days late", "6 días tarde", "late"),
        (-1, "1 day late", "1 día tarde", "late"),
        (0, "today", "hoy", "today"),
        (1, "tomorrow", "mañana", "far"),
        (2, "Fri, Nov 20", "vie 20 nov", "far"),
        (43, "Thu, Dec 31", "jue 31 dic", "far"),
        (44, "Jan 1, 2027", "1 ene 2027", "far"),
    ],
)
def test_told_from_today(days: int, english: str, spanish: str, when: str) -> None:
    day = TODAY + timedelta(days)
    for language, words in (("en", english), ("es", spanish)):
        with translation.override(language):
            assert due_words(day, TODAY) == (words, when)


def test_tomorrow_needs_no_year_at_its_end() -> None:
    assert due_words(date(2027, 1, 1), date(2026, 12, 31)) == ("tomorrow", "far")


@pytest.mark.parametrize(
    ("days", "short", "full"),
    [
        (-3, ("3 d late", "3 d tarde"), ("3 days late", "3 días tarde")),
        (0, ("today", "hoy"), ("today", "hoy")),
        (1, ("1 d", "1 d"), ("1 day left", "Queda 1 día")),
        (12, ("12 d", "12 d"), ("12 days left", "Quedan 12 días")),
    ],
)
def test_beside_the_name_of_whoever_set_the_date(
    days: int, short: tuple[str, str], full: tuple[str, str]
) -> None:
    day = TODAY + timedelta(days)
    for place, language in enumerate(("en", "es")):
        with translation.override(language):
            assert days_left(day, TODAY) == short[place]
            assert days_left_in_full(day, TODAY) == full[place]
