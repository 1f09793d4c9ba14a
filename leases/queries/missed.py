"""Recovery plans with broken promises, over all leases at once."""

from __future__ import annotations

from datetime import date

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
)

from leases.enums import PlanKind
from leases.models import Lease, Plan, PlanPromise
from leases.queries.plans import past_due_of, received_since

_AMOUNT = DecimalField(max_digits=12, decimal_places=2)


def with_missed_promises(leases: QuerySet[Lease], *, today: date) -> QuerySet[Lease]:
    """Leases whose plan in force has a promise in state missed (`queries.plans.promise_standings`),
    or whose newest plan was broken by a reversal.

    None counts as missed if nothing is past due anymore. Adds `promised` (due before today; for a
    broken plan, all), `received`, `missing`, and the plan's `missed_on`.
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
    return (
        leases.annotate(plan=in_force)
        .filter(
            Q(plan__broken_at__isnull=True, plan__missed_on__lt=today)
            | Q(plan__broken_at__isnull=False) & ~Exists(later),
            plan__missed_on__lte=today,  # where its index ends
        )
        .annotate(
            promised=Subquery(promised, output_field=_AMOUNT),
            received=received_since(
                OuterRef("pk"), OuterRef("plan__at"), OuterRef("plan__fulfilled_at")
            ),
        )
        # The day of a plan in force says the same without reading the ledger.
        .filter(Q(plan__broken_at__isnull=True) | Q(promised__gt=F("received")))
        .alias(past_due=past_due_of(OuterRef("pk"), today))
        .filter(past_due__gt=0)
        .annotate(missing=F("promised") - F("received"), missed_on=F("plan__missed_on"))
    )
