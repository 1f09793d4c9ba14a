from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leases.actions.ask_engine import Applicant
from leases.actions.reapply import check_supersedes
from leases.actions.receive_application import receive_application
from leases.actions.who import By
from leases.models import Lease


def apply_again(*, lease: Lease, by: By, now: datetime) -> Lease:
    """Applies again to replace a lease that expired or became stale.

    Not in a transaction, because it asks the engine; but first checks that the lease can be
    replaced. ValidationError: `program_closed`, those of `check_supersedes` and
    `receive_application`.
    """
    with transaction.atomic():
        check_supersedes(lease, lease.customer, now)
    if lease.program and not lease.program.is_active:
        raise ValidationError(
            _("The merchant no longer offers this program."), code="program_closed"
        )
    customer = lease.customer
    return receive_application(
        applicant=Applicant(customer.name, customer.email, customer.phone, customer.language),
        store=lease.store,
        program=lease.program,
        merchandise=lease.merchandise,
        supersedes=lease,
        by=by,
        now=now,
    )
