from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cases.actions.start_call import start_call
from cases.models import CallDraft
from leases.models import Lease
from telephone.models import PhoneCall


@transaction.atomic
def log_phone_call(
    *, phone_call: PhoneCall, lease: Lease | None, typed: dict[str, Any], by: User, now: datetime
) -> CallDraft:
    """Starts logging this call, or goes on with what was begun for it, by whomever. What was
    discarded stays so, and the call is logged again.

    `typed`: what is known of the caller without a lease.
    """
    if not by.works_cases:
        raise PermissionDenied
    # Two windows at once begin one.
    phone_call = PhoneCall.objects.visible_to(by).select_for_update().get(pk=phone_call.pk)
    logged = CallDraft.objects.visible_to(by).filter(phone_call=phone_call)
    begun = logged.filter(discarded_at=None).first()
    if begun:
        return begun
    draft = _begun_since(phone_call, by) or start_call(by=by, now=now)
    draft.phone_call, draft.lease = phone_call, lease
    draft.typed = {} if lease else typed
    draft.save(update_fields=["phone_call", "lease", "typed"])
    return draft


def _begun_since(phone_call: PhoneCall, by: User) -> CallDraft | None:
    """The agent logged the call by hand while it rang, and has typed nothing yet."""
    mine = CallDraft.objects.visible_to(by).unfinished().filter(agent=by, phone_call=None)
    since = mine.filter(started_at__gte=phone_call.rang_at, lease=None, typed={})
    return since.select_for_update(of=("self",)).order_by("-started_at").first()
