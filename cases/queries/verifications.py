"""Whether a caller has shown today that they are the customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from accounts.models import User
from cases.callers import Checked
from cases.models import CallDraft, Case, Verification
from common.company_day import business_day, company_zone
from leases.models import Lease

#: Outside a call that is being logged, no one says when the caller hung up.
CONVERSATION = timedelta(minutes=30)


def verified_today(
    leases: Iterable[Lease], *, user: User, now: datetime
) -> dict[int, Verification]:
    """The newest of today for each customer who has one, by customer; one query."""
    rows = _of_today(leases, user, now).select_related("lease", "by", "draft")
    return {each.lease.customer_id: each for each in rows}


def _of_today(leases: Iterable[Lease], user: User, now: datetime) -> QuerySet[Verification]:
    """Oldest first."""
    midnight = datetime.combine(business_day(now), time(), company_zone())
    customers = {each.customer_id for each in leases}
    found = Verification.objects.visible_to(user).filter(
        lease__customer__in=customers, at__gte=midnight, at__lte=now
    )
    return found.order_by("at", "pk")


def checked_today(leases: Iterable[Lease], *, user: User, now: datetime) -> dict[int, Checked]:
    """How the newest of today ended, by customer; customers without one are missing. One query."""
    return {
        customer: Checked.PASSED if passed else Checked.FAILED
        for customer, passed in _of_today(leases, user, now).values_list(
            "lease__customer", "passed"
        )
    }


def is_now(done: Verification, case: Case, *, user: User, now: datetime) -> bool:
    """Whether it was in the conversation that `user` has about this case. The next one may be with
    someone else.
    """
    return done.case_id == case.pk and done.by_id == user.pk and done.at > now - CONVERSATION


def is_verified_now(case: Case, *, user: User, now: datetime) -> bool:
    if case.lease is None:
        return False
    done = verified_today([case.lease], user=user, now=now).get(case.lease.customer_id)
    return done is not None and done.passed and is_now(done, case, user=user, now=now)


def is_verified_in_call(draft: CallDraft, lease: Lease, *, user: User, now: datetime) -> bool:
    """The newest of today was in this call, and was right."""
    done = verified_today([lease], user=user, now=now).get(lease.customer_id)
    return done is not None and done.passed and done.draft_id == draft.pk


def checked_in_call(draft: CallDraft, lease: Lease, *, user: User, now: datetime) -> Checked:
    """Whoever was verified in another call may be someone else."""
    done = verified_today([lease], user=user, now=now).get(lease.customer_id)
    return verification_state(done if done and done.draft_id == draft.pk else None)


def verification_state(verification: Verification | None) -> Checked:
    if verification is None:
        return Checked.NOT_YET
    return Checked.PASSED if verification.passed else Checked.FAILED
