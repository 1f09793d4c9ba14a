from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leases.actions.move import locked, move
from leases.actions.who import By
from leases.enums import LeaseStatus
from leases.formats import money
from leases.models import Lease


@transaction.atomic
def submit_invoice(*, lease: Lease, number: str, total: Decimal, by: By, now: datetime) -> Lease:
    """The store's invoice turns an approval into Contracts and starts the 60-day clock.

    ValidationError: `lease_transition`, `invoice_total` (not above zero, or over the limit).
    """
    lease = locked(lease)
    limit = lease.approval_limit
    if total <= 0 or (limit is not None and total > limit):
        raise ValidationError(
            _("The invoice must be above zero and within the approval limit of %(limit)s."),
            code="invoice_total",
            params={"limit": money(limit)},
        )
    return move(
        lease,
        LeaseStatus.CONTRACTS,
        by=by,
        now=now,
        invoice_number=number,
        invoice_total=total,
        contracts_at=now,
    )
