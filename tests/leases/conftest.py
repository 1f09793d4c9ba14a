from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from leases import actions
from leases.actions.move import locked, move
from leases.enums import LeaseStatus as S
from leases.models import Customer, Lease

APPLIED = {S.APPROVED, S.PRE_APPROVED, S.PREQUALIFIED, S.DENIED, S.PENDING}
DAY = timedelta(days=1)
Reach = Callable[[S], Lease]


@pytest.fixture
def reach(make_lease: Callable[..., Lease], carla: Customer, mateo: User, now: datetime) -> Reach:
    """A lease of Carla's in any status, brought there by what happens to leases."""

    def reached(status: S) -> Lease:
        first = status if status in APPLIED else S.APPROVED
        lease = make_lease(carla, decision=S.DENIED if status == S.IN_PROCESS else first)
        if status in APPLIED:
            return lease
        if status == S.IN_PROCESS:
            return actions.place_in_review(lease=lease, reason="New proof", by=mateo, now=now)
        if status == S.APPROVAL_EXPIRED:
            actions.expire_due(now=now + 90 * DAY)
            return Lease.objects.get()
        lease = actions.submit_invoice(
            lease=lease, number="F-1", total=Decimal("900.00"), by=None, now=now
        )
        if status == S.CONTRACTS_EXPIRED:
            actions.expire_due(now=now + 60 * DAY)
            return Lease.objects.get()
        if status == S.CONTRACTS_RECEIVED:  # left behind, as after a crash
            lease = move(locked(lease), S.CONTRACTS_RECEIVED, by=None, now=now, signed_at=now)
        elif status != S.CONTRACTS:
            lease = actions.sign(lease=lease, by=None, now=now)
        if status == S.FUNDED:
            lease = actions.confirm_delivery(lease=lease, by=None, now=now)
        return lease

    return reached
