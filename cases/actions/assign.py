from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.events import Assigned
from cases.models import Case


def check_works_cases(to: User | None) -> None:
    if to is not None and not (to.is_active and to.works_cases):
        raise ValidationError(
            _("This person doesn’t work on cases. Choose someone else."), code="assignee"
        )


@transaction.atomic
def assign(*, case: Case, to: User | None, by: User, now: datetime) -> Case:
    """Gives a case to someone who works cases, or to no one. ValidationError `assignee`."""
    if not by.works_cases:
        raise PermissionDenied
    check_works_cases(to)
    case = locked(case)
    if case.assignee_id == (to.pk if to else None):
        return case
    touch(case, now=now, assignee=to)
    add_event(case, Assigned(to=to.name if to else ""), by=by, now=now)
    return case
