from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import Visibility
from cases.events import ReturnStepsSent
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.return_steps import RETURN_STEPS, ReturnStepsParams, return_facts
from cases.models import Case
from common.company_day import business_day
from mail.models import Email


@transaction.atomic
def send_return_steps(*, case: Case, by: User, now: datetime) -> bool:
    """Mails how to send the item back; False if that was sent today.

    ValidationError `not_a_return`, `lease_needed`, `case_over`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    if not case.kind.goes_back:
        raise ValidationError(_("This case doesn’t involve a return to a store."), "not_a_return")
    if case.lease is None:
        raise ValidationError(_("Attach a lease first: it says which store."), code="lease_needed")
    if not case.is_active:
        raise ValidationError(_("This case has already ended."), code="case_over")
    key = f"return_steps:{case.pk}:{business_day(now)}"
    if Email.objects.filter(key=key).exists():
        return False
    touch(case, now=now, customer_wrote_at=None)  # our message answers theirs
    entry = add_event(case, ReturnStepsSent(), by=by, now=now, visibility=Visibility.PUBLIC)
    said = ReturnStepsParams(**facts_now(case, now), **return_facts(case.lease))
    return enqueue_case_mail(RETURN_STEPS, said, case, key=key, entry=entry, now=now)
