"""Applying again: a new lease that names the one it replaces, which keeps its status."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leases.actions.move import check_not_superseded, locked
from leases.lifecycle import ENDED_BY_CLOCK
from leases.models import Customer, Lease


def may_be_superseded(lease: Lease, now: datetime) -> bool:
    """Expired, or stale after waiting too long; see `Lease.is_stale`."""
    return lease.status_at(now) in ENDED_BY_CLOCK or lease.is_stale(now)


def check_supersedes(lease: Lease, customer: Customer, now: datetime) -> None:
    """ValidationError: `supersedes_customer`, `supersedes_status`, `superseded`.

    Locks the old lease, so that of two applications at once only one replaces it.
    """
    lease = locked(lease)
    if lease.customer_id != customer.pk:
        raise ValidationError(
            _("The earlier lease belongs to another customer."), code="supersedes_customer"
        )
    check_not_superseded(lease)
    if not may_be_superseded(lease, now):
        raise ValidationError(
            _("A lease that’s “%(status)s” can’t be replaced by a new application yet."),
            code="supersedes_status",
            params={"status": lease.status_at(now).label},
        )
