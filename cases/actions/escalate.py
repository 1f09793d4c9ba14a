from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines
from cases.actions.change import add_event, change_status, locked
from cases.enums import CaseStatus
from cases.events import Escalated
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.escalated import ESCALATED, EscalatedParams
from cases.models import Case, Escalation
from common.company_day import business_day, company_zone


@transaction.atomic
def escalate(
    *, case: Case, reason: str, by: User, now: datetime, is_told: bool = True
) -> Escalation:
    """Hands a case to the supervisors: it goes to the top of every queue.

    A next step whose day has passed gets a new day, because the customer is told by when we'll
    write. `is_told`: False if another mail of the same moment says so. ValidationError `reason`,
    `case_transition`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason so a supervisor can decide."), code="reason")
    case = locked(case)
    due_on = case.due_on
    if due_on < business_day(now):
        due_on = deadlines.next_update(now, company_zone())
    moved = change_status(case, CaseStatus.ESCALATED, due_on=due_on, by=by, now=now)
    escalation = Escalation.objects.create(case=case, reason=reason, by=by, at=now)
    add_event(case, Escalated(reason=reason), by=by, now=now)
    if is_told:
        said = EscalatedParams(**facts_now(case, now))
        key = f"escalated:{moved.pk}"
        enqueue_case_mail(ESCALATED, said, case, key=key, entry=moved, now=now)
    return escalation
