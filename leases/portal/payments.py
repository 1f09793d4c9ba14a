"""What a customer agreed about payments, on the lease's page."""

from __future__ import annotations

from datetime import datetime

from common.company_day import business_day
from leases.enums import AutopayState
from leases.models import Lease
from leases.queries.autopay import autopay_of, next_debits
from leases.queries.ledger import standing_of
from leases.queries.plans import past_due_besides, promises_in_force

SHOWN = 4


def plan_card(lease: Lease, now: datetime) -> dict[str, object] | None:
    """The promises of the plan in force; None without one."""
    plan, promises = promises_in_force(lease, business_day(now))
    if plan is None:
        return None
    return {"plan": plan, "promises": promises, "besides": past_due_besides(plan)}


def autopay_card(lease: Lease, now: datetime) -> dict[str, object] | None:
    """None for a lease that never had automatic payments."""
    found = autopay_of(lease.pk)
    if found is None:
        return None
    today = business_day(now)
    return {
        "autopay": found,
        "active": found.state == AutopayState.ACTIVE,
        "debits": next_debits(found, standing_of(lease, today), today)[:SHOWN],
    }
