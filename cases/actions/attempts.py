from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import CALL_RESULTS, AttemptResult
from cases.events import AttemptUndone, ContactAttempted
from cases.models import AttemptRetraction, Case, ContactAttempt


@transaction.atomic
def record_attempt(*, case: Case, result: str, by: User, now: datetime) -> ContactAttempt:
    """Someone called the customer. ValidationError `attempt_result`."""
    if not by.works_cases:
        raise PermissionDenied
    if result not in CALL_RESULTS:
        raise ValidationError(_("Choose what came of the call."), code="attempt_result")
    case = locked(case)
    touch(case, now=now)
    attempt = ContactAttempt.objects.create(case=case, result=result, by=by, at=now)
    add_event(case, ContactAttempted(result=AttemptResult(result)), by=by, now=now)
    return attempt


@transaction.atomic
def undo_attempt(*, attempt: ContactAttempt, by: User, now: datetime) -> bool:
    """It was recorded by mistake, and no longer counts; the row stays. False if it was undone."""
    if not (by.works_cases and attempt.can_be_undone_by(by)):
        raise PermissionDenied
    case = locked(attempt.case)
    if AttemptRetraction.objects.filter(attempt=attempt).exists():
        return False
    AttemptRetraction.objects.create(attempt=attempt, by=by, at=now)
    touch(case, now=now)
    undone = AttemptUndone(result=AttemptResult(attempt.result), at=attempt.at)
    add_event(case, undone, by=by, now=now)
    return True
