from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from leases.actions.limits import check_limit
from leases.actions.move import locked, move, refused
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.lifecycle import INITIAL, UNDECIDED
from leases.models import Lease


@transaction.atomic
def decide(
    *,
    lease: Lease,
    decision: LeaseStatus,
    approval_limit: Decimal | None = None,
    reason: str = "",
    by: By,
    now: datetime,
) -> Lease:
    """Records an answer that was still open: more data came in, or the engine is back.

    The days of an approval start now. A person who decides belongs to merchant services and gives a
    reason. PermissionDenied otherwise; ValidationError: `reason`, `lease_transition`, `superseded`,
    those of `check_limit`.
    """
    if isinstance(by, User):
        if by.role != Role.MERCHANT_SERVICES:
            raise PermissionDenied
        if not reason.strip():
            raise ValidationError(_("Give a reason. It’s saved in the history."), code="reason")
    lease = locked(lease)
    status = lease.status_at(now)
    if status not in UNDECIDED or decision not in INITIAL:
        raise refused(status, decision)  # the table allows some of them, under other rules
    check_limit(decision, approval_limit)
    approval: dict[str, Any] = {}
    if approval_limit is not None:
        approval = {"approval_limit": approval_limit, "approved_at": now}
    return move(lease, decision, by=by, now=now, reason=reason.strip(), **approval)
