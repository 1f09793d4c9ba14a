"""Many cases at once, from the queue: who has them, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.add_entries import add_entries
from cases.actions.assign import check_works_cases
from cases.actions.change import new_event
from cases.enums import NotAssigned
from cases.events import Assigned
from cases.models import Case

#: Cases in one go; a page of the queue has 30.
MOST_AT_ONCE = 1000


class Given(NamedTuple):
    """What undoing needs to know of a case that changed hands."""

    number: str
    version: int  # since
    before: int | None  # whoever had it


class Skipped(NamedTuple):
    number: str
    why: NotAssigned


class Assignments(NamedTuple):
    given: list[Given]
    skipped: list[Skipped]


@transaction.atomic
def assign_cases(
    *, chosen: Mapping[str, int], to: User | None, reason: str, by: User, now: datetime
) -> Assignments:
    """Gives all of them to someone, or to no one, but those that can't be: they're named with why.

    `chosen`: the versions that were seen, by number. ValidationError `assignee`, `reason`,
    `no_cases`, `too_many_cases`.
    """
    if not by.works_cases:
        raise PermissionDenied
    check_works_cases(to)
    if not reason.strip():
        raise ValidationError(_("Say why. Your team reads it in each case."), code="reason")
    if not chosen:
        raise ValidationError(_("Select at least one case."), code="no_cases")
    if len(chosen) > MOST_AT_ONCE:
        raise ValidationError(
            _("Select at most %(most)s cases."),
            code="too_many_cases",
            params={"most": f"{MOST_AT_ONCE:,}"},
        )
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
    left = [Skipped(number, NotAssigned.GONE) for number in sorted(gone)]
    return Assignments(done.given, [*done.skipped, *left])


def _assign(
    chosen: Mapping[str, int],
    to: Mapping[str, User | None],
    reason: str,
    *,
    by: User,
    now: datetime,
) -> Assignments:
    """Locked in the order of their keys, as any two of us would."""
    seen = Case.objects.visible_to(by).filter(number__in=chosen)
    found = {each.number: each for each in seen.select_for_update(no_key=True).order_by("pk")}
    skipped = [
        Skipped(number, why)
        for number, version in chosen.items()
        if (why := _why_not(found.get(number), version, to[number]))
    ]
    kept = {each.number for each in skipped}
    cases = [each for number, each in found.items() if number not in kept]
    given = [Given(each.number, each.version + 1, each.assignee_id) for each in cases]
    for case in cases:
        case.assignee, case.version, case.changed_at = to[case.number], case.version + 1, now
    Case.objects.bulk_update(cases, ["assignee", "version", "changed_at"], batch_size=200)
    add_entries(
        new_event(case, Assigned(to=_name(to[case.number]), reason=reason), by=by, now=now)
        for case in cases
    )
    return Assignments(given, skipped)


def _why_not(case: Case | None, version: int, to: User | None) -> NotAssigned | None:
    if case is None:
        return NotAssigned.UNKNOWN
    if case.version != version:
        return NotAssigned.CHANGED
    if not case.is_active:
        return NotAssigned.OVER
    return NotAssigned.SAME if case.assignee_id == (to.pk if to else None) else None


def _name(person: User | None) -> str:
    return person.name if person else ""
