"""Plans of a lease and whether they are kept, read from the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple, cast

from django.db.models import (
    DateTimeField,
    DecimalField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from common.company_day import business_day
from leases import plan_terms, schedule
from leases.enums import Frequency, LedgerKind, Part, PlanKind, PromiseState
from leases.models import Lease, LedgerEntry, Plan, PlanPromise
from leases.money import ZERO
from leases.queries.ledger import standing_of

_AMOUNT = DecimalField(max_digits=12, decimal_places=2)
_COVERING = [LedgerKind.PAYMENT, LedgerKind.WAIVER]
_NEVER = datetime.max.replace(tzinfo=UTC)
IN_FORCE = Q(cancelled_at__isnull=True, fulfilled_at__isnull=True)


class PromiseStanding(NamedTuple):
    promise: PlanPromise
    state: PromiseState

    @property
    def missed(self) -> bool:
        return self.state == PromiseState.MISSED


def with_received(plans: QuerySet[Plan], today: date) -> QuerySet[Plan]:
    """Adds `received` and `past_due`; see `received_since` and `past_due_of`."""
    return plans.annotate(
        received=received_since(OuterRef("lease"), OuterRef("at"), OuterRef("fulfilled_at")),
        past_due=past_due_of(OuterRef("lease"), today),
    )


def past_due_of(lease: OuterRef, today: date) -> Coalesce:
    """What is past due on a lease, fees included; zero or less if nothing is."""
    before = Q(effective_on__lt=today) | Q(effective_on=today) & (
        Q(instalment=None) | Q(part=Part.FEES)
    )
    lines = LedgerEntry.objects.filter(before, lease=lease).order_by().values("lease")
    total = lines.annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=_AMOUNT), Value(ZERO))


def received_since(
    lease: OuterRef, agreed_at: OuterRef, ended_at: OuterRef | None = None
) -> Coalesce:
    """What was paid or waived from when a plan was agreed until it ended.

    A payment that bounced doesn't count, nor does the bounce of one made before.
    """
    written = Q(at__gte=agreed_at)
    taken_back = Q(reverses__at__gte=agreed_at)
    if ended_at is not None:
        last = Coalesce(ended_at, Value(_NEVER), output_field=DateTimeField())
        written &= Q(at__lte=last)
        taken_back &= Q(reverses__at__lte=last)
    covering = LedgerEntry.objects.filter(lease=lease).filter(
        Q(written, kind__in=_COVERING)
        | Q(taken_back, kind=LedgerKind.REVERSAL, reverses__kind__in=_COVERING)
    )
    total = covering.order_by().values("lease").annotate(total=-Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=_AMOUNT), Value(ZERO))


def received_of(plan: Plan) -> Decimal:
    """For a plan from `with_received`."""
    return cast("Decimal", plan.received)  # type: ignore[attr-defined]


def promise_standings(
    plan: Plan, promises: Iterable[PlanPromise], today: date
) -> list[PromiseStanding]:
    """`plan` comes from `with_received`."""
    promises = list(promises)
    if is_over(plan):
        return [PromiseStanding(promise, PromiseState.KEPT) for promise in promises]
    states = plan_terms.promise_states(promises, received_of(plan), today)
    return [PromiseStanding(*each) for each in zip(promises, states, strict=True)]


def recovery_in_force(lease: Lease, today: date) -> Plan | None:
    """The one recovery plan of the lease that counts, fulfilled or not."""
    plans = lease.plans.filter(IN_FORCE, kind=PlanKind.RECOVERY)
    return with_received(plans, today).first()


def is_over(plan: Plan) -> bool:
    """Nothing is past due anymore, or nothing was when it ended: its promises are settled.

    Not if payments were reversed after it had ended: that plan is broken.
    """
    if plan.cancelled_at or plan.broken_at:
        return False
    return plan.fulfilled_at is not None or plan.past_due <= 0  # type: ignore[attr-defined]


def is_fulfilled(plan: Plan) -> bool:
    """`plan` comes from `with_received`. Its promises add up to the arrears it covers."""
    return is_over(plan) or received_of(plan) >= plan.arrears


def past_due_besides(plan: Plan) -> Decimal:
    """The part of what is past due that no future promise covers. From `with_received`."""
    to_come = max(ZERO, plan.arrears - received_of(plan))
    past_due: Decimal = plan.past_due  # type: ignore[attr-defined]
    return max(ZERO, past_due - to_come)


def promises_in_force(lease: Lease, today: date) -> tuple[Plan | None, list[PromiseStanding]]:
    """What a page about the customer shows besides its own subject: two queries at most."""
    plan = recovery_in_force(lease, today)
    if plan is None or is_fulfilled(plan):
        return None, []
    return plan, promise_standings(plan, plan.promises.order_by("number"), today)


def frequency_of(lease: Lease) -> str:
    """How often the contract is paid; weekly for an older one that doesn't say."""
    terms = getattr(lease, "terms", None)
    return terms.frequency if terms else Frequency.WEEKLY


def situation_of(
    lease: Lease, now: datetime, *, standing: schedule.Standing | None = None
) -> plan_terms.Situation:
    today = business_day(now)
    plan = recovery_in_force(lease, today)
    return plan_terms.Situation(
        status=lease.status_at(now),
        program=lease.program,
        standing=standing or standing_of(lease, today),
        recovery_runs=plan is not None and not is_fulfilled(plan),
    )
