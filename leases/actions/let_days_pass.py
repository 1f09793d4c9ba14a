from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from common.company_day import company_zone
from leases import clocks
from leases.actions.move import locked
from leases.models import Lease

DATES = ("applied_at", "approved_at", "contracts_at", "signed_at")


@transaction.atomic
def let_days_pass(*, lease: Lease, days: int) -> Lease:
    """For trying things out: moves the start of the lease's clocks back by that many days.

    Its history can't be changed and keeps its times. PermissionDenied in production.
    """
    if settings.PRODUCTION:
        raise PermissionDenied
    lease = locked(lease)
    zone = company_zone()
    for name in DATES:
        if moment := getattr(lease, name):
            setattr(lease, name, clocks.add_days(moment, -days, zone))
    lease.set_deadline()
    lease.save(update_fields=[*DATES, "expires_at", "expires_as"])
    return lease
