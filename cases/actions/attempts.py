from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import CALL_RESULTS, AttemptResult
from cases.events import ContactAttempted
from cases.models import Case, ContactAttempt


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
