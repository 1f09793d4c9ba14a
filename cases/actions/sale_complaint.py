"""A complaint about the sale counts against a store."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from cases import kinds
from cases.models import Case, StoreComplaint
from cases.queries.answers import answer_for
from leases.models import Store

#: The question of the kind that names the store.
STORE = "sale_store"


def hold_against_store(case: Case, *, is_new: bool, by: User, now: datetime) -> None:
    """The store named in the answers, or else the lease's; none if neither is known."""
    named = answer_for(case, STORE)
    store = named if isinstance(named, Store) else case.lease.store if case.lease else None
    if store is None:
        StoreComplaint.objects.filter(case=case).delete()
        return
    StoreComplaint.objects.update_or_create(
        case=case, defaults={"store": store, "at": case.opened_at}
    )


def count_once(case: Case, into: Case) -> None:
    """What the customer complained about twice counts once against its store."""
    twice = StoreComplaint.objects.filter(case=into).values("store")
    StoreComplaint.objects.filter(case=case, store__in=twice).delete()


def count_again(case: Case, *, by: User, now: datetime) -> None:
    """A complaint that wasn't one twice."""
    if case.kind_id == kinds.SALE_COMPLAINT:
        hold_against_store(case, is_new=False, by=by, now=now)
