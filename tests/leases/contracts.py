"""Leases in progress: delivered, with the terms of the worked example."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from common.company_day import business_day
from leases import actions, buyout
from leases.actions.payments import record_payment
from leases.models import BuyoutQuote, Lease, Terms

D = Decimal


def deliver(lease: Lease, at: datetime, **terms: Any) -> Lease:
    """From approved to Funded on one day; 52 weekly payments start a week later.

    As if long ago: no mails are written. Without a state (`state=""`) it has no terms, and so no
    schedule.
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
    at += timedelta(minutes=2)
    found = actions.confirm_delivery(lease=lease, tells_customer=False, by=None, now=at)
    return Lease.objects.get(pk=found.pk)


def bare_quote(lease: Lease, now: datetime) -> BuyoutQuote:
    """One without a contract behind it, for pages that only show it."""
    today = business_day(now)
    inputs = buyout.Inputs(
        cash_price=D("1000.00"), total=D("2000.00"), payments=52, left=D(32), instalment=D("38.46"),
        paid=D("769.20"), past_due=D(0), fees=D(0), future=D("1230.80"), option_fee=D(0),
        rate=D("0.75"), tax_rate=D(0), delivered_on=today - timedelta(weeks=20), today=today,
        state="TX",
    )  # fmt: skip
    found = buyout.quote(inputs, "discount")
    return BuyoutQuote.objects.create(
        lease=lease, as_of=today, valid_until=today, rule=found.rule, is_ceiling=False,
        inputs=buyout.snapshot(inputs, found) | {"ledger": 0}, cash_price=D(1000),
        cost_of_lease=D(1000), lease_total=D(2000), remaining=found.remaining, tax=found.tax,
        total=found.total, saving=found.saving, at=now,
    )  # fmt: skip


def pay(lease: Lease, count: int, now: datetime, each: str = "38.46") -> None:
    """`count` whole payments at once, as if long ago: no mails are written."""
    record_payment(
        lease=lease, amount=D(each) * count, on=business_day(now), part="rent",
        tells_customer=False, by=None, now=now,
    )  # fmt: skip
