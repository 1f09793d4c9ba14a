"""A complaint about the sale counts against a store."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
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
