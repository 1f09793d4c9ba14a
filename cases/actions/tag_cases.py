"""Many cases at once, from the queue: each gets a tag, and loses it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cases.actions.add_entries import add_entries
from cases.actions.change import new_event
from cases.actions.chosen_cases import Skipped, check_chosen, lock_chosen, save_chosen
from cases.actions.tags import check_tag_name, make_tag, tag_called
from cases.enums import NotChanged
from cases.events import Tagged, Untagged
from cases.models import Case, Tag
from cases.models.case import MOST_CASE_TAGS


class NewlyTagged(NamedTuple):
    """What undoing needs to know of a case."""

    number: str
    version: int  # since


class Taggings(NamedTuple):
    name: str
    tag: Tag | None  # None if it isn't there and no case was to have it
    tagged: list[NewlyTagged]
    skipped: list[Skipped]


@transaction.atomic
def tag_cases(
    *, chosen: Mapping[str, int], name: str, reason: str, by: User, now: datetime
) -> Taggings:
    """Those that can't have it are named with why. ValidationError: those of `check_chosen`,
    `check_tag_name` and `make_tag`.
    """
    check_chosen(chosen, reason, by=by)
    name = check_tag_name(name)
    known = tag_called(name)

    def keeps(case: Case) -> NotChanged | None:
        if known and known.pk in case.tags:
            return NotChanged.SAME
        return NotChanged.FULL if len(case.tags) >= MOST_CASE_TAGS else None

    cases, skipped = lock_chosen(chosen, by=by, keeps=keeps)
    if not cases:
        return Taggings(known.name if known else name, known, [], skipped)
    tag = known or make_tag(name, by=by, now=now)
    for case in cases:
        case.tags = [*case.tags, tag.pk]
    event = Tagged(name=tag.name, reason=reason.strip())
    return Taggings(tag.name, tag, _saved(cases, event, by=by, now=now), skipped)


@transaction.atomic
def undo_tag_cases(*, tag: Tag, tagged: list[NewlyTagged], by: User, now: datetime) -> Taggings:
    """Where nothing came in between."""
    if not by.works_cases:
        raise PermissionDenied
    cases, skipped = lock_chosen(
        dict(tagged),
        by=by,
        keeps=lambda case: None if tag.pk in case.tags else NotChanged.SAME,
    )
    for case in cases:
        case.tags = [each for each in case.tags if each != tag.pk]
    untagged = _saved(cases, Untagged(name=tag.name), by=by, now=now)
    return Taggings(tag.name, tag, untagged, skipped)


def _saved(
    cases: list[Case], event: Tagged | Untagged, *, by: User, now: datetime
) -> list[NewlyTagged]:
    save_chosen(cases, "tags", now=now)
    add_entries(new_event(case, event, by=by, now=now) for case in cases)
    return [NewlyTagged(each.number, each.version) for each in cases]
