"""Tells the customer in writing what a delivery means, in its transaction."""

from __future__ import annotations

from datetime import date, datetime

from common.company_day import business_day
from leases.mails.base import lease_facts, lease_mail
from leases.mails.deliveries import Delivery, DeliveryParams
from leases.mails.delivery_confirmed import DELIVERY_CONFIRMED
from leases.mails.late_delivery_confirmed import LATE_DELIVERY_CONFIRMED, LateDeliveryParams
from leases.mails.payments_set_up import PAYMENTS_SET_UP
from leases.mails.plan_agreed import PlannedPayment
from leases.models import LateReport, Lease, Terms
from leases.queries.ledger import standing_of
from mail.outbound.enqueue import enqueue


def tell_delivery(lease: Lease, delivered_on: date, *, now: datetime) -> None:
    said = DeliveryParams(**lease_facts(lease), delivery=_delivery(lease, delivered_on, now))
    key = f"delivery_confirmed:{lease.pk}"
    enqueue(lease_mail(DELIVERY_CONFIRMED, said, lease, key=key), now=now)


def tell_payments_set_up(terms: Terms, delivered_on: date, *, now: datetime) -> None:
    lease = terms.lease
    said = DeliveryParams(**lease_facts(lease), delivery=_delivery(lease, delivered_on, now))
    key = f"payments_set_up:{terms.pk}"
    enqueue(lease_mail(PAYMENTS_SET_UP, said, lease, key=key), now=now)


def tell_late_delivery(report: LateReport, lease: Lease, *, now: datetime) -> None:
    delivery = _delivery(lease, business_day(report.delivered_at), now)
    said = LateDeliveryParams(**lease_facts(lease), delivery=delivery)
    key = f"late_delivery_confirmed:{report.pk}"
    enqueue(lease_mail(LATE_DELIVERY_CONFIRMED, said, lease, key=key), now=now)


def _delivery(lease: Lease, delivered_on: date, now: datetime) -> Delivery:
    today = business_day(now)
    owed = standing_of(lease, today)
    due = [row for row in [*owed.late, *owed.to_come] if row.due_on <= today]
    following = next((row for row in owed.to_come if row.due_on > today), None)
    payments = tuple(PlannedPayment(due_on=row.due_on, amount=row.left) for row in due)
    return Delivery(
        delivered_on=delivered_on,
        as_of=today,
        due_total=owed.due_now,
        payments=payments if owed.rows else None,
        next_on=following.due_on if following else None,
        next_amount=following.left if following else None,
    )
