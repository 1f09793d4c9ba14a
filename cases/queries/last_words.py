"""What the customer said last, and what we had told them."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q, prefetch_related_objects

from accounts.models import User
from cases.enums import EntryKind, Visibility
from cases.models import Case, Entry
from common.pages import Page


class LastWords(NamedTuple):
    theirs: Entry | None = None
    ours: Entry | None = None

    @property
    def is_answered(self) -> bool:
        """What we told them is the newer of the two."""
        if self.theirs is None or self.ours is None:
            return False
        return (self.ours.at, self.ours.pk) > (self.theirs.at, self.theirs.pk)


def last_words(case: Case, *, user: User, entries: Page[Entry] | None) -> LastWords:
    """`entries`: a page of its timeline. No query if that is all of it; otherwise two or three."""
    if entries and entries.is_first and not entries.next:
        theirs = (each for each in entries.rows if _is_theirs(each, case))
        ours = (each for each in entries.rows if _is_ours(each, case))
        return LastWords(next(theirs, None), next(ours, None))
    rows = Entry.objects.visible_to(user).filter(case=case).select_related("author")
    newest = rows.order_by("-at", "-pk")
    said = newest.filter(_theirs(case))[:1].union(newest.filter(_ours(case))[:1], all=True)
    found = list(said)
    prefetch_related_objects(found, "language_corrections", "evidence")
    return LastWords(
        next((each for each in found if _is_theirs(each, case)), None),
        next((each for each in found if _is_ours(each, case)), None),
    )


def _is_theirs(entry: Entry, case: Case) -> bool:
    """Written by them, or by someone of ours who had them on the telephone or whose mail it was."""
    if entry.kind == EntryKind.EVENT:
        return False
    is_own = entry.author_id is not None and entry.author_id == case.person.user_id
    return is_own or entry.kind == EntryKind.CALL or "from" in entry.params


def _theirs(case: Case) -> Q:
    said = Q(kind=EntryKind.CALL) | Q(params__has_key="from")
    if case.person.user_id:
        said |= Q(author=case.person.user_id)
    return said & ~Q(kind=EntryKind.EVENT)


def _is_ours(entry: Entry, case: Case) -> bool:
    return (
        entry.kind == EntryKind.MESSAGE
        and entry.visibility == Visibility.PUBLIC
        and not _is_theirs(entry, case)
    )


def _ours(case: Case) -> Q:
    told = Q(kind=EntryKind.MESSAGE, visibility=Visibility.PUBLIC) & ~Q(params__has_key="from")
    return told & ~Q(author=case.person.user_id) if case.person.user_id else told
