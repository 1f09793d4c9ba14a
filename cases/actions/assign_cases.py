"""Many cases at once, from the queue: who has them, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cases.actions.add_entries import add_entries
from cases.actions.assign import check_works_cases
from cases.actions.change import new_event
from cases.actions.chosen_cases import Skipped, check_chosen, lock_chosen, save_chosen
from cases.enums import NotChanged
from cases.events import Assigned
from cases.models import Case


class Given(NamedTuple):
    """What undoing needs to know of a case that changed hands."""

    number: str
    version: int  # since
    before: int | None  # whoever had it


class Assignments(NamedTuple):
    given: list[Given]
    skipped: list[Skipped]


@transaction.atomic
def assign_cases(
    *, chosen: Mapping[str, int], to: User | None, reason: str, by: User, now: datetime
) -> Assignments:
    """Gives all of them to someone, or to no one, but those that can't be: they're named with why.

    `chosen`: the versions that were seen, by number. ValidationError `assignee`, those of
    `check_chosen`.
    """
    check_chosen(chosen, reason, by=by)
    check_works_cases(to)
    return _assign(chosen, dict.fromkeys(chosen, to), reason.strip(), by=by, now=now)


@transaction.atomic
def undo_assign_cases(*, given: list[Given], by: User, now: datetime) -> Assignments:
    """Gives each back to whoever had it, if nothing came in between and they still work here."""
    if not by.works_cases:
        raise PermissionDenied
    before = {each.number: each.before for each in given}
    people = {
        each.pk: each
        for each in User.objects.filter(pk__in=[key for key in before.values() if key is not None])
        if each.is_active and each.works_cases
    }
    gone = {number for number, key in before.items() if key is not None and key not in people}
    chosen = {each.number: each.version for each in given if each.number not in gone}
    to = {number: people.get(before[number] or 0) for number in chosen}
    done = _assign(chosen, to, "", by=by, now=now)
    left = [Skipped(number, NotChanged.GONE) for number in sorted(gone)]
    return Assignments(done.given, [*done.skipped, *left])


def _assign(
    chosen: Mapping[str, int],
    to: Mapping[str, User | None],
    reason: str,
    *,
    by: User,
    now: datetime,
) -> Assignments:
    def same(case: Case) -> NotChanged | None:
        person = to[case.number]
        return NotChanged.SAME if case.assignee_id == (person.pk if person else None) else None

    cases, skipped = lock_chosen(chosen, by=by, keeps=same)
    given = [Given(each.number, each.version + 1, each.assignee_id) for each in cases]
    for case in cases:
        case.assignee = to[case.number]
    save_chosen(cases, "assignee", now=now)
    add_entries(
        new_event(case, Assigned(to=_name(to[case.number]), reason=reason), by=by, now=now)
        for case in cases
    )
    return Assignments(given, skipped)


def _name(person: User | None) -> str:
    return person.name if person else ""
