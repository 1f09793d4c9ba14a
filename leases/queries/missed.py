"""Recovery plans whose promises were not kept, over all leases at once."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    DecimalField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Window,
)

from leases.enums import PlanKind
from leases.models import Lease, PlanPromise
from leases.queries.plans import past_due_of, received_since

_AMOUNT = DecimalField(max_digits=12, decimal_places=2)


def with_missed_promises(leases: QuerySet[Lease], *, today: date) -> QuerySet[Lease]:
    """Those whose plan in force has a promise in state missed; see `queries.plans.kept`.

    None is missed where nothing is past due any more. Adds `promised` (due before today),
    `received`, `missing`, and `missed_on`, the due day of the first promise not covered.
    """
    in_force = FilteredRelation(
        "plans",
        condition=Q(
            plans__kind=PlanKind.RECOVERY,
            plans__cancelled_at__isnull=True,
            plans__fulfilled_at__isnull=True,
        ),
    )
    due = PlanPromise.objects.filter(plan=OuterRef("plan__pk"), due_on__lt=today).order_by()
    promised = due.values("plan").annotate(total=Sum("amount")).values("total")
    first = (
        due.annotate(so_far=Window(Sum("amount"), order_by=F("due_on").asc()))
        .filter(so_far__gt=OuterRef("received"))
        .order_by("due_on")
        .values("due_on")
    )
    return (
        leases.annotate(plan=in_force)
        .filter(plan__isnull=False)
        .annotate(
            promised=Subquery(promised, output_field=_AMOUNT),
            received=received_since(OuterRef("pk"), OuterRef("plan__at")),
        )
        .filter(promised__gt=F("received"))
        .alias(past_due=past_due_of(OuterRef("pk"), today))
        .filter(past_due__gt=0)
        .annotate(missing=F("promised") - F("received"), missed_on=Subquery(first[:1]))
    )
