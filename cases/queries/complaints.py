"""Complaints about sales, by the store they are held against."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count

from accounts.models import User
from cases import kinds
from cases.models import Case, StoreComplaint
from common.pages import Page, page
from leases.models import Store

#: What counts against a store now.
PERIOD = timedelta(days=365)
MOST_STORES = 100


class StoreCount(NamedTuple):
    store: Store
    complaints: int


def complaints_by_store(now: datetime) -> list[StoreCount]:
    """Of the last year, most first; two queries, the first from an index alone."""
    recent = StoreComplaint.objects.filter(at__gt=now - PERIOD, at__lte=now).order_by()
    counted = recent.values_list("store").annotate(complaints=Count("*"))
    most = list(counted.order_by("-complaints", "store")[:MOST_STORES])
    stores = Store.objects.select_related("merchant").in_bulk([store for store, _count in most])
    return [StoreCount(stores[store], count) for store, count in most]


def complaint_in(case: Case) -> StoreComplaint | None:
    """Which store the case counts against. No query for another reason."""
    if case.kind_id != kinds.SALE_COMPLAINT:
        return None
    return StoreComplaint.objects.filter(case=case).select_related("store__merchant").first()


def complaints_of(store: Store, *, user: User, after: str = "") -> Page[StoreComplaint]:
    """All of a store's, newest first."""
    complaints = StoreComplaint.objects.filter(store=store, case__in=Case.objects.visible_to(user))
    rows = complaints.select_related(
        "case__kind", "case__lease__customer", "case__contact", "case__assignee"
    )
    return page(rows, order=("-at", "-case_id"), after=after)
