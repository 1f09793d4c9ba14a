"""Items on their way back to a store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Case, StoreReturn
from common.company_day import business_day
from common.pages import Page, page
from leases.models import MerchandiseReturn
from leases.queries.monitoring import COUNT_CAP

#: Days without an answer of the store, or without a credit of ours.
LATE, VERY_LATE = 3, 7
#: A run of `confirm_reported_returns` takes no more; the next one goes on.
AT_ONCE = 500


class WaitingReturn(NamedTuple):
    row: StoreReturn
    days: int  # since the item went back, or since the store confirmed

    @property
    def age(self) -> str:
        return ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}

    @property
    def tone(self) -> str:
        return "bad" if self.days >= VERY_LATE else "warn" if self.days >= LATE else ""


def returns_of(case: Case, *, user: User) -> list[StoreReturn]:
    """The newest first."""
    rows = StoreReturn.objects.visible_to(user).filter(case=case)
    return list(rows.select_related("store__merchant", "by", "answered_by", "credited_by"))


def with_way_back(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with the day on which its item went back, None if it didn't, and the store's answer."""
    newest = StoreReturn.objects.standing().filter(case=OuterRef("pk")).order_by("-pk")
    return cases.annotate(
        went_back_on=Subquery(newest.values("handed_in_on")[:1]),
        store_says=Subquery(newest.values("answer")[:1]),
    )


def waiting_returns(*, user: User, is_confirmed: bool, after: str = "") -> Page[StoreReturn]:
    """Those without the store's answer, or those it confirmed and we haven't settled. The oldest
    first.
    """
    rows = StoreReturn.objects.visible_to(user)
    rows, order = (rows.owed(), "answered_on") if is_confirmed else (rows.silent(), "handed_in_on")
    joined = ("store__merchant", "case__kind", "case__lease__customer", "case__assignee")
    return page(rows.select_related(*joined), order=(order, "id"), after=after)


def with_days(rows: Iterable[StoreReturn], now: datetime) -> list[WaitingReturn]:
    today = business_day(now)
    return [
        WaitingReturn(each, (today - (each.answered_on or each.handed_in_on)).days) for each in rows
    ]


def count_waiting(*, user: User, is_confirmed: bool) -> int:
    """Up to one more than COUNT_CAP."""
    rows = StoreReturn.objects.visible_to(user)
    rows = rows.owed() if is_confirmed else rows.silent()
    return rows.order_by()[: COUNT_CAP + 1].count()


def reported_returns() -> QuerySet[StoreReturn]:
    """Without an answer, while the store's own report of the item came."""
    reports = MerchandiseReturn.objects.open().filter(lease=OuterRef("case__lease"))
    silent = StoreReturn.objects.silent().filter(Exists(reports)).select_related("case")
    return silent.order_by("handed_in_on", "pk")[:AT_ONCE]
