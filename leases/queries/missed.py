"""Recovery plans whose promises were not kept, read from the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    DecimalField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Coalesce

from leases.enums import LedgerKind, PlanKind
from leases.models import Lease, LedgerEntry, PlanPromise
from leases.money import ZERO

_AMOUNT = DecimalField(max_digits=12, decimal_places=2)


def with_missed_promises(leases: QuerySet[Lease], *, today: date) -> QuerySet[Lease]:
    """Those whose plan in force has promises of before `today` that payments do not cover.

    Adds `promised` (due before today), `received` (since the plan was agreed), `missing` and
    `missed_on`, the due day of the first promise not covered. Payments cover promises in the order
    they are due; one that bounced does not count.
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
            received=Coalesce(Subquery(_received(), output_field=_AMOUNT), Value(ZERO)),
        )
        .filter(promised__gt=F("received"))
        .annotate(missing=F("promised") - F("received"), missed_on=Subquery(first[:1]))
    )


def _received() -> QuerySet[LedgerEntry, Any]:
    since = OuterRef("plan__at")
    entries = LedgerEntry.objects.filter(lease=OuterRef("pk")).filter(
        Q(kind=LedgerKind.PAYMENT, at__gte=since)
        | Q(
            kind=LedgerKind.REVERSAL,
            reverses__kind=LedgerKind.PAYMENT,
            reverses__at__gte=since,
        )
    )
    return entries.order_by().values("lease").annotate(total=-Sum("amount")).values("total")
