"""A delivery reported late and approved: the customer gets what it means in writing."""

from __future__ import annotations

from datetime import datetime

from common.company_day import business_day
from leases.mails.base import lease_facts, lease_mail
from leases.mails.delivery_confirmed import (
    DELIVERY_CONFIRMED,
    Delivery,
    DeliveryConfirmedParams,
)
from leases.mails.plan_agreed import PlannedPayment
from leases.models import LateReport, Lease
from leases.queries.ledger import standing_of
from mail.outbound.enqueue import enqueue


def tell_late_delivery(report: LateReport, lease: Lease, *, now: datetime) -> None:
    said = DeliveryConfirmedParams(**lease_facts(lease), delivery=_delivery(report, lease, now))
    key = f"delivery_confirmed:{report.pk}"
    enqueue(lease_mail(DELIVERY_CONFIRMED, said, lease, key=key), now=now)


def _delivery(report: LateReport, lease: Lease, now: datetime) -> Delivery:
    today = business_day(now)
    owed = standing_of(lease, today)
    due = [row for row in [*owed.late, *owed.to_come] if row.due_on <= today]
    following = next((row for row in owed.to_come if row.due_on > today), None)
    payments = tuple(PlannedPayment(due_on=row.due_on, amount=row.left) for row in due)
    return Delivery(
        delivered_on=business_day(report.delivered_at),
        as_of=today,
        due_total=owed.due_now,
        payments=payments if owed.rows else None,
        next_on=following.due_on if following else None,
        next_amount=following.left if following else None,
    )
