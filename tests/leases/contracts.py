"""Leases under way: delivered, with the terms of the worked example."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from leases import actions
from leases.actions.payments import record_payment
from leases.models import Lease, Terms
from leases.queries.ledger import business_day

D = Decimal


def deliver(lease: Lease, at: datetime, **terms: Any) -> Lease:
    """From approved to Funded, all on one day; 52 weekly payments begin a week later.

    Without a state (`state=""`) it has no terms, and so no schedule.
    """
    actions.submit_invoice(lease=lease, number="F-1", total=D("1000"), by=None, now=at)
    values = {
        "cash_price": D("1000"),
        "total": D("2000"),
        "payments": 52,
        "frequency": "weekly",
        "state": "TX",
        "buyout_rule": "discount",
        "discount_rate": D("0.75"),
    } | terms
    if values["state"]:
        Terms.objects.create(lease=lease, **values)
    actions.sign(lease=lease, by=None, now=at + timedelta(minutes=1))
    found = actions.confirm_delivery(lease=lease, by=None, now=at + timedelta(minutes=2))
    return Lease.objects.get(pk=found.pk)


def pay(lease: Lease, count: int, now: datetime, each: str = "38.46") -> None:
    """`count` whole payments at once."""
    record_payment(
        lease=lease, amount=D(each) * count, on=business_day(now), part="rent", by=None, now=now
    )
