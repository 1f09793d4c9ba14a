"""The customer's page of a lease, except the cases about it."""

from __future__ import annotations

from datetime import datetime

from leases.models import Lease
from leases.portal.buyout import buyout_card
from leases.portal.money import money_card
from leases.portal.payments import autopay_card, plan_card
from leases.portal.plans import changed_cards
from leases.queries.clock_line import clock_of


def lease_cards(lease: Lease, now: datetime) -> dict[str, object]:
    """What templates/portal/lease.html shows of the contract, its money and its history."""
    return {
        "lease": lease,
        "clock": clock_of(lease, now, for_customer=True),
        "payments": money_card(lease, now),
        "buyout": buyout_card(lease, now),
        "agreed": plan_card(lease, now),
        "changed": changed_cards(lease, now),
        "automatic": autopay_card(lease, now),
        "history": lease.status_events.order_by("-at", "-id")[:100],
    }
