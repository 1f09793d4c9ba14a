from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leases.actions.move import locked, move
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.models import Lease


@transaction.atomic
def accept_signed(*, lease: Lease, by: By, now: datetime) -> Lease:
    """Moves on a lease that got stuck in Contracts Received. ValidationError:
    `lease_transition`.
    """
    return move(locked(lease), LeaseStatus.LEASE_ACCEPTED, by=by, now=now)
