from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leases.actions.move import locked, move
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.models import Lease


@transaction.atomic
def confirm_delivery(*, lease: Lease, by: By, now: datetime) -> Lease:
    """The merchandise arrived: Funded, no clock runs. ValidationError: `lease_transition`."""
    return move(locked(lease), LeaseStatus.FUNDED, by=by, now=now, delivered_at=now)
