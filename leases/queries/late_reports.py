"""Deliveries made in time and told after the deadline."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from leases.lifecycle import ENDED_BY_CLOCK
from leases.models import LateReport, Lease
from leases.queries.ledger import business_day


def could_be_delivered(lease: Lease, now: datetime) -> bool:
    """Ended by its clock, with an invoice: a delivery before the deadline is possible."""
    return (
        lease.status_at(now) in ENDED_BY_CLOCK
        and lease.contracts_at is not None
        and lease.ended(now) is not None
    )


def may_be_reported(lease: Lease, delivered_on: date, now: datetime) -> bool:
    """By the day alone: not after the deadline's, nor before the signature's."""
    deadline = lease.ended(now)
    if not could_be_delivered(lease, now) or deadline is None:
        return False
    earliest = lease.signed_at or lease.contracts_at
    return earliest is not None and (
        business_day(earliest) <= delivered_on <= business_day(deadline)
    )


def late_reports_of(lease: Lease) -> QuerySet[LateReport]:
    """The newest first, without what was approved: the history of the lease tells that."""
    return lease.late_reports.exclude(approved=True).select_related("by", "decided_by")
