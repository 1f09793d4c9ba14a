"""Leases by how their money stands: who is past due, the longest first; who paid off, the last
first.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from accounts.models import User
from common.company_day import business_day
from common.pages import Page, page
from leases.models import Lease, PaidOffLetter, Terms
from leases.queries.ledger import standings_of

_PARTIES = ("lease__customer", "lease__store__merchant")


class MoneyList(Enum):
    """The value is part of the URL."""

    PAST_DUE = "past-due"
    PAID_OFF = "paid-off"
    THIS_MONTH = "paid-off-this-month"
    LAST_MONTH = "paid-off-last-month"


class MoneyLine(NamedTuple):
    lease: Lease
    on: date  # the first payment not made was due then; or it was paid off then
    amount: Decimal  # past due, or received
    is_purchase: bool = False


class MoneyPage(NamedTuple):
    lines: list[MoneyLine]
    page: Page[Any]


def leases_by_money(which: MoneyList, *, user: User, now: datetime, after: str = "") -> MoneyPage:
    """Who paid off is known by the letter that says so: not what we wrote off, and what was
    imported only once its letter was asked for.
    """
    today = business_day(now)
    if which == MoneyList.PAST_DUE:
        return _past_due(user, today, after)
    letters = PaidOffLetter.objects.visible_to(user).in_force().select_related(*_PARTIES)
    month = today.replace(day=1)
    if which == MoneyList.THIS_MONTH:
        letters = letters.filter(paid_on__gte=month)
    if which == MoneyList.LAST_MONTH:
        before = (month - timedelta(days=1)).replace(day=1)
        letters = letters.filter(paid_on__gte=before, paid_on__lt=month)
    found = page(letters, order=("-paid_on", "-id"), after=after)
    lines = [
        MoneyLine(each.lease, each.paid_on, each.received, each.is_purchase) for each in found.rows
    ]
    return MoneyPage(lines, found)


def _past_due(user: User, today: date, after: str) -> MoneyPage:
    terms = Terms.objects.visible_to(user).filter(unpaid_from__lt=today)
    found = page(terms, order=("unpaid_from", "id"), after=after)
    # Not joined: with the joins, the planner may sort all that is past due for one page of it.
    leases = Lease.objects.select_related("customer", "store__merchant").in_bulk(
        [each.lease_id for each in found.rows]
    )
    money = standings_of(list(leases.values()), today)
    lines = [
        MoneyLine(leases[each.lease_id], each.unpaid_from, money[each.lease_id].arrears)
        for each in found.rows
        if each.unpaid_from
    ]
    return MoneyPage(lines, found)
