"""Open cases that a call may be about."""

from __future__ import annotations

from accounts.models import User
from cases.models import Case
from leases.models import Lease

#: More than anyone has open at once.
MOST = 20


def open_cases_like(lease: Lease, kind: str, *, user: User) -> list[Case]:
    """Of the same lease: those of this kind first, then the newest."""
    cases = Case.objects.visible_to(user).active().select_related("kind").filter(lease=lease)
    newest = cases.order_by("-opened_at")[:MOST]
    return sorted(newest, key=lambda each: each.kind_id != kind)
