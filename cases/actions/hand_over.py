from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.assign import assign, check_works_cases
from cases.models import CallDraft, Case
from cases.queries.held import Held, held_by


@transaction.atomic
def hand_over(*, person: User, to: User | None, by: User, now: datetime) -> Held:
    """Gives all of a person's open work to someone else, or to no one; each case shows it.

    Follow-ups go with their case. An unfinished call needs an owner: without `to`, that's the
    administrator. No mail is sent. PermissionDenied for anyone but an administrator;
    ValidationError: `assignee`, `hand_over` (to the same person).
    """
    if not by.is_superuser:
        raise PermissionDenied
    if to is not None and to.pk == person.pk:
        raise ValidationError(_("Choose someone else to take over."), code="hand_over")
    check_works_cases(to)  # an unfinished call has no one to ask later
    held = held_by(person)
    for case in Case.objects.active().filter(assignee=person).order_by("pk").iterator(200):
        assign(case=case, to=to, by=by, now=now)
    CallDraft.objects.unfinished().filter(agent=person).update(agent=to or by)
    return held
