"""A case's timeline as it's read: its tabs, its days, and what one save changed in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import pgettext

from cases.enums import EntryKind
from cases.models import CaseMail, Entry
from cases.queries.timeline_parts import ALL, counts_in
from common import formats
from mail.enums import EmailState

#: Above it, a tab only says that there are more.
MOST = 99


class Save(NamedTuple):
    """One entry with words or files, or the events of one save."""

    entries: list[Entry]

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @property
    def is_event(self) -> bool:
        return self.first.kind == EntryKind.EVENT

    @property
    def mails(self) -> list[CaseMail]:
        return [mail for entry in self.entries for mail in entry.mails.all()]

    @property
    def mails_trouble(self) -> bool:
        """A mail that didn't go out isn't folded away."""
        return any(
            mail.email.state in {EmailState.FAILED, EmailState.UNCERTAIN} for mail in self.mails
        )


class Day(NamedTuple):
    on: date
    title: str
    saves: list[Save]


class Tab(NamedTuple):
    part: str  # empty: everything
    label: str
    shown: str
    key: str


def days_of(entries: Iterable[Entry], *, today: date) -> list[Day]:
    """`entries`: in their order. `today`: the reader's."""
    by_day = groupby(entries, key=lambda entry: timezone.localtime(entry.at).date())
    return [Day(day, _title(day, today), list(_saves(rows))) for day, rows in by_day]


def _saves(entries: Iterable[Entry]) -> Iterator[Save]:
    for (is_event, *_rest), rows in groupby(entries, key=_save):
        if is_event:
            yield Save(list(rows))
        else:
            yield from (Save([entry]) for entry in rows)


def _save(entry: Entry) -> tuple[bool, object, object]:
    return entry.kind == EntryKind.EVENT, entry.at, entry.author_id


def _title(day: date, today: date) -> str:
    if day == today:
        return pgettext("day of a timeline", "Today, %(day)s") % {"day": formats.weekday(day)}
    return formats.weekday(day) if day.year == today.year else formats.day_in_words(day)


def tabs_of(entries: list[Entry], *, part: str) -> list[Tab]:
    """Without those that would be empty; none at all if the timeline has one kind of entry."""
    counts = counts_in(entries)
    labels = {
        ALL: pgettext("timeline", "All"),
        "conversation": pgettext("timeline", "Conversation"),
        "calls": pgettext("timeline", "Calls"),
        "notes": pgettext("timeline", "Notes"),
        "evidence": pgettext("timeline", "Proof"),
        "changes": pgettext("timeline", "Changes"),
    }
    return [
        Tab("" if name == ALL else name, label, _capped(counts.get(name, 0)), str(place))
        for place, (name, label) in enumerate(labels.items(), 1)
        if counts.get(name) or name in {ALL, part}
    ]


def _capped(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)
