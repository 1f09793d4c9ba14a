from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import CallDraft


@transaction.atomic
def discard_call(*, draft: CallDraft, reason: str, by: User, now: datetime) -> CallDraft:
    """A call that will never become a case. What was typed stays readable, its number isn't reused.

    ValidationError `reason`, `call_finished`, `call_discarded`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason."), code="reason")
    draft = CallDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.case_id:
        raise ValidationError(_("This call already became a case."), code="call_finished")
    refuse_discarded(draft)
    draft.discarded_at, draft.discarded_by, draft.discard_reason = now, by, reason.strip()
    draft.save(update_fields=["discarded_at", "discarded_by", "discard_reason"])
    return draft


def refuse_discarded(draft: CallDraft) -> None:
    if draft.discarded_at:
        raise ValidationError(_("Someone already discarded this call."), code="call_discarded")
