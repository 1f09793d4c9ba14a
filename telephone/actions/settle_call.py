from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from telephone.models import PhoneCall


@transaction.atomic
def settle_call(*, call: PhoneCall, reason: str, by: User, now: datetime) -> PhoneCall:
    """A missed call that no one needs to return, or that was returned in another way.

    ValidationError `reason`, `call_settled`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason."), code="reason")
    waiting = PhoneCall.objects.visible_to(by).to_call_back(now).select_for_update(of=("self",))
    found = waiting.filter(pk=call.pk).first()
    if found is None:
        raise ValidationError(_("Someone already took care of this call."), code="call_settled")
    found.settled_at, found.settled_by, found.settled_reason = now, by, reason.strip()
    found.save(update_fields=["settled_at", "settled_by", "settled_reason"])
    return found
