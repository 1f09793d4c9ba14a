"""What a lease owes, read from its ledger."""

from __future__ import annotations

from datetime import date, datetime

from common.company_day import business_day
from leases import schedule
from leases.exchanges import Exchange, exchange
from leases.models import Lease


def exchange_of(lease: Lease, now: datetime) -> Exchange:
    delivered_on = business_day(lease.delivered_at) if lease.delivered_at else None
    return exchange(lease.status_at(now), lease.program, delivered_on, business_day(now))


def standing_of(lease: Lease, today: date) -> schedule.Standing:
    """Two queries; zero sums for a lease without a schedule. See `schedule.standing`."""
    return schedule.standing(
        list(lease.instalments.all()), list(lease.ledger.order_by("effective_on", "id")), today
    )
