"""The files of a case, one after the other, with what became of each."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Prefetch

from accounts.models import User
from cases.enums import ItemState
from cases.models import AskedItem, Case, Evidence
from cases.queries.asked_for import items_of
from cases.queries.untied_files import unreadable_ids

#: More than a person can leaf through; the newest.
MOST_LEAFED = 300


class CaseFile(NamedTuple):
    file: Evidence
    #: What it answers, unless that was asked for again since.
    item: AskedItem | None
    is_unreadable: bool
    #: What it can be accepted as.
    items: list[AskedItem]

    @property
    def is_undecided(self) -> bool:
        return bool(self.items)


def case_files(case: Case, *, user: User) -> list[CaseFile]:
    """In the order in which they came."""
    answers = AskedItem.objects.filter(case=case).select_related("slot")
    files = (
        Evidence.objects.visible_to(user)
        .filter(entry__case=case)
        .select_related("entry__author")
        .defer("entry__body")
        .prefetch_related(Prefetch("answers", answers))
        .order_by("-entry__at", "-entry_id", "-pk")[:MOST_LEAFED]
    )
    still_open = [each for each in items_of(case) if each.is_open] if case.is_active else []
    unreadable = unreadable_ids(case)
    return [_of(each, case, still_open, str(each.pk) in unreadable) for each in reversed(files)]


def _of(file: Evidence, case: Case, still_open: list[AskedItem], is_unreadable: bool) -> CaseFile:
    answered = (each for each in file.answers.all() if each.state != ItemState.ASKED)
    item = next(answered, None)
    if is_unreadable or not file.entry.is_public:
        items = []
    elif item:
        items = [each for each in still_open if each == item]
    else:
        is_theirs = file.entry.author_id == case.person.user_id
        items = still_open if is_theirs else []
    return CaseFile(file, item, is_unreadable, items)


def around(files: list[CaseFile], file: Evidence) -> tuple[int, Evidence | None, Evidence | None]:
    """Its place, counted from 1, and the ones before and after it; 0 if it's not among them."""
    ids = [each.file.pk for each in files]
    if file.pk not in ids:
        return 0, None, None
    at = ids.index(file.pk)
    before = files[at - 1].file if at else None
    after = files[at + 1].file if at + 1 < len(files) else None
    return at + 1, before, after


def next_undecided(files: list[CaseFile], file: Evidence) -> Evidence | None:
    """After this one, or else from the beginning."""
    place = around(files, file)[0]
    ordered = [*files[place:], *files[:place]]
    waiting = (each.file for each in ordered if each.is_undecided and each.file != file)
    return next(waiting, None)
