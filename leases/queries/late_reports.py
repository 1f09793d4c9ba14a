"""Deliveries made in time and reported after the deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from accounts.models import User
from common.company_day import business_day
from leases.first_schedule import first_payments, first_standing
from leases.lifecycle import ENDED_BY_CLOCK
from leases.models import LateReport, Lease
from leases.queries.monitoring import COUNT_CAP
from leases.schedule import Standing


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


def waiting_for(user: User) -> int:
    """How many this person can decide: a supervisor, all except their own. Up to COUNT_CAP + 1."""
    if not user.supervises:
        return 0
    return LateReport.objects.open().exclude(by=user).order_by()[: COUNT_CAP + 1].count()


def late_reports_of(lease: Lease) -> QuerySet[LateReport]:
    """The newest first, without approved ones: the lease's history shows those."""
    return lease.late_reports.exclude(approved=True).select_related("by", "decided_by")


def if_approved(reports: Iterable[LateReport], today: date) -> Standing | None:
    """What the lease of the open report would owe: its payments start on the reported day.

    None without an open report or without terms.
    """
    report = next((each for each in reports if each.decided_at is None), None)
    terms = getattr(report.lease, "terms", None) if report else None
    if report is None or terms is None:
        return None
    payments = first_payments(terms, business_day(report.delivered_at))
    return first_standing(payments, report.lease.ledger.all(), today)
