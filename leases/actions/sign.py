from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leases.actions.move import locked, move
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.models import Lease


@transaction.atomic
def sign(*, lease: Lease, by: By, now: datetime) -> Lease:
    """The customer's signature: Contracts Received and, in the same transaction, Lease Accepted.

    Signing does not restart the 60 days. ValidationError: `lease_transition`.
    """
    lease = move(locked(lease), LeaseStatus.CONTRACTS_RECEIVED, by=by, now=now, signed_at=now)
    return move(lease, LeaseStatus.LEASE_ACCEPTED, by=by, now=now)
