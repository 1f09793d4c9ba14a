"""Breaks recovery plans that had ended, when the payment that ended them is reversed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from common.company_day import business_day
from leases.enums import PlanKind
from leases.models import Lease, LedgerEntry
from leases.queries.plans import with_received


def break_plans(lease: Lease, taken_back: Iterable[LedgerEntry], *, now: datetime) -> int:
    """Plans that one of the lines had helped to fulfill, if what was arranged is past due again.

    Runs inside the reversal's transaction, with the lease locked. A plan in force needs nothing: it
    counts only payments that weren't reversed.
    """
    moments = [line.at for line in taken_back]
    today = business_day(now)
    ended = with_received(
        lease.plans.filter(
            kind=PlanKind.RECOVERY, fulfilled_at__isnull=False, broken_at=None,
            at__lte=max(moments), fulfilled_at__gte=min(moments),
        ),
        today,
    ).filter(Q(received__lt=F("arrears")) & Q(past_due__gt=0))  # fmt: skip
    broken = lease.plans.filter(pk__in=[plan.pk for plan in ended])
    return broken.update(broken_at=now, missed_on=today)
