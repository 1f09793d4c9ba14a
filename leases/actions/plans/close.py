"""Ends the recovery plans that have served their purpose."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from common.company_day import business_day
from leases.enums import PlanKind
from leases.models import Plan, PlanPromise
from leases.queries.plans import IN_FORCE, with_received

#: How long after its last day a paid plan waits, in case a payment bounces.
BOUNCE_DAYS = 14


def close_fulfilled_plans(*, now: datetime) -> int:
    """Closes those paid as promised, and those with nothing past due anymore; returns how many.

    One statement; a plan canceled in the meantime stays canceled. What falls due later doesn't
    concern this plan, and the watchlist of missed promises no longer reads it.
    """
    today = business_day(now)
    runs = PlanPromise.objects.filter(
        plan=OuterRef("pk"), due_on__gte=today - timedelta(days=BOUNCE_DAYS)
    )
    paid = Q(received__gte=F("arrears"))
    plans = Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY)
    over = with_received(plans, today).filter(paid & ~Exists(runs) | ~paid & Q(past_due__lte=0))
    return Plan.objects.filter(IN_FORCE, pk__in=over.values("pk")).update(fulfilled_at=now)
