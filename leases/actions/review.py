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
from leases.enums import LeaseStatus
from leases.models import Lease


def _check(by: User, reason: str) -> None:
    if by.role != Role.MERCHANT_SERVICES:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason. It’s saved in the history."), code="reason")


@transaction.atomic
def place_in_review(*, lease: Lease, reason: str, by: User, now: datetime) -> Lease:
    """Merchant services takes another look, usually at a denial.

    PermissionDenied for anyone else; ValidationError: `reason`, `lease_transition`, `superseded`.
    """
    _check(by, reason)
    lease = locked(lease)
    return move(lease, LeaseStatus.IN_PROCESS, by=by, now=now, reason=reason.strip())


@transaction.atomic
def end_review(
    *, lease: Lease, approval_limit: Decimal | None, reason: str, by: User, now: datetime
) -> Lease:
    """Approves with a limit or denies without one; the days of an overturned denial start now.

    PermissionDenied for anyone else; ValidationError: `reason`, `lease_transition` for a lease that
    isn't in review, even if the table lets it be approved or denied by another rule, `superseded`,
    those of `check_limit`.
    """
    _check(by, reason)
    lease = locked(lease)
    result = LeaseStatus.DENIED if approval_limit is None else LeaseStatus.APPROVED
    if lease.status_at(now) != LeaseStatus.IN_PROCESS:
        raise refused(lease.status_at(now), result)
    check_limit(result, approval_limit)
    approval: dict[str, Any] = {}
    if approval_limit is not None:
        approval = {"approval_limit": approval_limit, "approved_at": now}
    return move(lease, result, by=by, now=now, reason=reason.strip(), **approval)
