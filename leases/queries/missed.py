"""Recovery plans whose promises were not kept, over all leases at once."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import (
    DecimalField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Window,
)
from django.db.models.functions import Coalesce, TruncDate

from leases.enums import PlanKind
from leases.models import Lease, Plan, PlanPromise
from leases.queries.plans import past_due_of, received_since

_AMOUNT = DecimalField(max_digits=12, decimal_places=2)


def with_missed_promises(leases: QuerySet[Lease], *, today: date) -> QuerySet[Lease]:
    """Those whose plan in force has a promise in state missed (see `queries.plans.kept`), or whose
    newest plan was broken by a reversal.

    None is missed where nothing is past due any more. Adds `promised` (due before today; of a
    broken plan, all), `received`, `missing`, and `missed_on`, the due day of the first promise not
    covered, or the day the plan was broken.
    """
    in_force = FilteredRelation(
        "plans",
        condition=Q(plans__kind=PlanKind.RECOVERY, plans__cancelled_at__isnull=True)
        & (Q(plans__fulfilled_at__isnull=True) | Q(plans__broken_at__isnull=False)),
    )
    later = Plan.objects.filter(
        lease=OuterRef("pk"),
        kind=PlanKind.RECOVERY,
        cancelled_at__isnull=True,
        pk__gt=OuterRef("plan__pk"),
    )
    due = PlanPromise.objects.filter(
        Q(due_on__lt=today) | Q(plan__broken_at__isnull=False), plan=OuterRef("plan__pk")
    ).order_by()
    promised = due.values("plan").annotate(total=Sum("amount")).values("total")
    first = (
        due.annotate(so_far=Window(Sum("amount"), order_by=F("due_on").asc()))
        .filter(so_far__gt=OuterRef("received"))
        .order_by("due_on")
        .values("due_on")
    )
    return (
        leases.annotate(plan=in_force)
        .filter(Q(plan__broken_at__isnull=True) | ~Exists(later), plan__isnull=False)
        .annotate(
            promised=Subquery(promised, output_field=_AMOUNT),
            received=received_since(
                OuterRef("pk"), OuterRef("plan__at"), OuterRef("plan__fulfilled_at")
            ),
        )
        .filter(promised__gt=F("received"))
        .alias(past_due=past_due_of(OuterRef("pk"), today))
        .filter(past_due__gt=0)
        .annotate(
            missing=F("promised") - F("received"),
            missed_on=Coalesce(
                TruncDate("plan__broken_at", tzinfo=ZoneInfo(settings.BUSINESS_TIME_ZONE)),
                Subquery(first[:1]),
            ),
        )
    )
