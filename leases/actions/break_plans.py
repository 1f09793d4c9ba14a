"""A recovery plan that had ended, and what had ended it was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from common.company_day import business_day
from leases.enums import PlanKind
from leases.models import Lease, LedgerEntry
from leases.queries.plans import with_received


def break_plans(lease: Lease, taken_back: Iterable[LedgerEntry], *, now: datetime) -> int:
    """Those that one of the lines had helped to fulfill, if what is left of them is past due again.

    Inside the reversal's transaction, the lease locked. A plan in force needs nothing: it counts
    what still stands.
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
