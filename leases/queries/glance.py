"""A lease at a glance, for whoever has its customer on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError

from common.company_day import business_day
from leases import schedule
from leases.debits import Debit
from leases.enums import LeaseStatus
from leases.exchanges import Exchange
from leases.lifecycle import UNDER_CONTRACT
from leases.models import BuyoutQuote, Lease, MerchandiseReturn, Plan
from leases.option_clock import OptionClock
from leases.queries.autopay import autopay_of, next_debits
from leases.queries.buyout import PriceToday, priced_today
from leases.queries.clock_line import clock_of
from leases.queries.disputed_charges import total_under_review, with_reviews
from leases.queries.ledger import exchange_of
from leases.queries.money_today import LastPayment, last_payment
from leases.queries.plans import IN_FORCE


@dataclass(frozen=True)
class Glance:
    lease: Lease
    clock: dict[str, object]
    money: schedule.Standing
    under_review: Decimal  # disputed, and not decided
    last_payment: LastPayment | None
    next_debit: Debit | None  # charged automatically
    plan: Plan | None
    quote: BuyoutQuote | None
    sent: BuyoutQuote | None  # today’s, in writing
    option: OptionClock | None  # the contract’s 90-day option
    exchange: Exchange
    last_return: MerchandiseReturn | None
    is_undelivered: bool  # sold, and not here yet


def glance(lease: Lease, now: datetime) -> Glance:
    """At most eight queries, however long its history is."""
    today = business_day(now)
    # Every payment of the schedule has its charge, so the ledger brings the schedule along.
    ledger = with_reviews(lease.ledger.select_related("instalment"))
    entries = list(ledger.order_by("effective_on", "id"))
    agreed = {entry.instalment_id: entry.instalment for entry in entries if entry.instalment}
    money = schedule.standing(list(agreed.values()), entries, today)
    priced = _priced(lease, now)
    debits = next_debits(autopay_of(lease.pk), money, today) if entries else []
    return Glance(
        lease=lease,
        clock=clock_of(lease, now),
        money=money,
        under_review=total_under_review(entries),
        last_payment=last_payment([each for each in entries if each.effective_on <= today]),
        next_debit=debits[0] if debits else None,
        plan=lease.plans.filter(IN_FORCE).first() if entries else None,
        quote=priced.quote if priced else None,
        sent=lease.quotes.filter(as_of=today).first() if priced and lease.customer.email else None,
        option=priced.option if priced else None,
        exchange=exchange_of(lease, now),
        last_return=lease.returns.first(),
        is_undelivered=lease.status_at(now) in UNDER_CONTRACT,
    )


def _priced(lease: Lease, now: datetime) -> PriceToday | None:
    if lease.status_at(now) != LeaseStatus.FUNDED:
        return None
    try:
        return priced_today(lease, now)
    except ValidationError:
        return None
