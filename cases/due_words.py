"""How late something is, or when it's due, in words told from today. Pure.

A date only from the day after tomorrow on, and a year only if it isn't this one.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.translation import ngettext, npgettext, pgettext

from common import formats

#: Days from which lateness stands out in a list.
WORST = 7


class Due(NamedTuple):
    words: str
    when: str  # "worst", "late", "today" or "far": how it looks


def due_words(day: date, today: date) -> Due:
    """In the reader's language."""
    days = (day - today).days
    if days < 0:
        late = npgettext("due", "%(days)s day late", "%(days)s days late", -days)
        return Due(late % {"days": formats.grouped(-days)}, "worst" if -days >= WORST else "late")
    if days == 0:
        return Due(pgettext("due", "today"), "today")
    if days == 1:
        return Due(pgettext("due", "tomorrow"), "far")
    return Due(near_day(day, today), "far")


def near_day(day: date, today: date) -> str:
    """As short as a list can say it."""
    return formats.day_head(day) if day.year == today.year else formats.day(day, short=True)


def days_left(day: date, today: date) -> str:
    """As short as it gets, beside the name of whoever set the date: “3 d”."""
    days = (day - today).days
    if days == 0:
        return pgettext("due", "today")
    if days < 0:
        return pgettext("due, short", "%(days)s d late") % {"days": formats.grouped(-days)}
    return pgettext("due, short", "%(days)s d") % {"days": formats.grouped(days)}


def days_left_in_full(day: date, today: date) -> str:
    """The same for whoever hears it."""
    days = (day - today).days
    if days <= 0:
        return due_words(day, today).words
    left = ngettext("%(days)s day left", "%(days)s days left", days)
    return left % {"days": formats.grouped(days)}
