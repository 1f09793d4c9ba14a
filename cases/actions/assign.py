from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import Event
from cases.events import Assigned
from cases.models import Case
from common.formats import moment


class Seen(NamedTuple):
    """Who had the case as the page showed it."""

    assignee: int | None


class StaleAssignment(ValidationError):
    """Someone else gave the case to another person since: `assignee_changed`."""


def check_works_cases(to: User | None) -> None:
    if to is not None and not (to.is_active and to.works_cases):
        raise ValidationError(
            _("This person doesn’t work on cases. Choose someone else."), code="assignee"
        )


@transaction.atomic
def assign(
    *, case: Case, to: User | None, seen: Seen | None = None, by: User, now: datetime
) -> Case:
    """Gives a case to someone who works cases, or to no one; without `seen`, whoever has it.
    ValidationError `assignee`, StaleAssignment.
    """
    if not by.works_cases:
        raise PermissionDenied
    check_works_cases(to)
    case = locked(case)
    if case.assignee_id == (to.pk if to else None):
        return case
    if seen and seen.assignee != case.assignee_id:
        raise _stale(case)
    touch(case, now=now, assignee=to)
    add_event(case, Assigned(to=to.name if to else ""), by=by, now=now)
    return case


def _stale(case: Case) -> StaleAssignment:
    told = case.entries.filter(event=Event.ASSIGNED).select_related("author")
    last = told.order_by("-at", "-pk").first()
    said = {
        "name": case.assignee.name if case.assignee else "",
        "by": last.author.name if last and last.author else "",
        "moment": moment(last.at, short=True) if last else "",
    }
    if not case.assignee:
        words = _("No one has this case anymore: %(by)s unassigned it, %(moment)s.")
    elif said["by"] == said["name"]:
        words = _("%(name)s took this case, %(moment)s. To change that, choose again.")
    else:
        words = _("%(by)s gave this case to %(name)s, %(moment)s. To change that, choose again.")
    return StaleAssignment(words, code="assignee_changed", params=said)
