"""A case that has ended goes on: its outcome no longer counts, and it's our turn."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines
from cases.actions.change import add_event, change_status, locked
from cases.enums import CaseStatus
from cases.events import Reopened
from cases.mails.base import CaseParams, enqueue_case_mail, facts_now
from cases.mails.status_changed import STATUS_CHANGED
from cases.models import Case, Entry
from common.company_day import company_zone


@transaction.atomic
def reopen_case(
    *, case: Case, reason: str, due_on: date | None = None, by: User, now: datetime
) -> Case:
    """`reason`: for the team. The customer gets an email with the status and the day of the next
    step, which is the usual one if none is named.

    ValidationError `reason`, `not_ended`, `case_merged`, `day_past`.
    """
    if not by.works_cases:
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why. Your team reads it in the case."), code="reason")
    case = locked(case)
    if case.is_active:
        raise ValidationError(_("This case is already open."), code="not_ended")
    moved = go_on(case, due_on=due_on, by=by, now=now)
    add_event(case, Reopened(reason=reason), by=by, now=now)
    said = CaseParams(**facts_now(case, now))
    key = f"status_changed:{moved.pk}"
    enqueue_case_mail(STATUS_CHANGED, said, case, key=key, entry=moved, now=now)
    return case


def go_on(case: Case, *, due_on: date | None, by: User | None, now: datetime) -> Entry:
    """For an action that tells the customer by itself: an ended case from `locked` is in progress,
    due on that day or the usual one.
    """
    due_on = due_on or deadlines.next_update(now, company_zone())
    return change_status(case, CaseStatus.IN_PROGRESS, due_on=due_on, by=by, now=now)
