"""What a case's page says about its lease."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Case
from common.company_day import business_day
from leases.exchanges import Exchange
from leases.models import BuyoutQuote, Lease
from leases.money import ZERO
from leases.queries.buyout import quote_today
from leases.queries.clock_line import clock_of
from leases.queries.ledger import exchange_of
from leases.queries.money_today import money_today
from leases.queries.plans import past_due_besides, promises_in_force


def lease_panel(found: Case, now: datetime) -> dict[str, Any]:
    """Empty without one."""
    lease = found.lease
    if lease is None:
        return {}
    agreed, promises = promises_in_force(lease, business_day(now))
    return {
        "lease": lease,
        "money": money_today(lease, business_day(now)),
        "clock": clock_of(lease, now),
        "agreed": agreed,
        "promises": promises,
        "past_due_besides": past_due_besides(agreed) if agreed else ZERO,
        "promise_missed": any(each.missed for each in promises),
        "buyout": _buyout(found, lease, now),
        "exchange": _exchange(found, lease, now),
    }


def _exchange(found: Case, lease: Lease, now: datetime) -> Exchange | None:
    """Whether the merchant's program has exchanges, if that matters."""
    return exchange_of(lease, now) if found.kind.goes_back and found.is_active else None


def _buyout(found: Case, lease: Lease, now: datetime) -> BuyoutQuote | None:
    if not found.kind.offers_buyout or not found.is_active:
        return None
    try:
        return quote_today(lease, now)
    except ValidationError:
        return None  # not delivered, or nothing left to buy: the lease's page says which
