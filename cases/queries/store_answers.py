"""Whether the store has done what a case waits for."""

from __future__ import annotations

from datetime import datetime

from cases.enums import CancelReason, CaseStatus
from cases.models import Case
from leases.models import MerchandiseReturn


def store_answered(case: Case, *, since: datetime) -> CancelReason | None:
    """Why nobody has to ask the store any more, if nobody has to."""
    if MerchandiseReturn.objects.filter(lease=case.lease_id, at__gte=since).exists():
        return CancelReason.STORE_CONFIRMED
    return None if case.status == CaseStatus.WAITING_STORE else CancelReason.NOT_WAITING
