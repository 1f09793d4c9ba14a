"""The plans of a lease as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from common.formats import money
from leases.enums import LedgerKind, PlanKind
from leases.models import Lease, LedgerEntry, Plan
from leases.money import ZERO
from leases.queries.plans import (
    PromiseStanding,
    is_fulfilled,
    past_due_besides,
    promise_standings,
    with_received,
)

SHOWN = 20


class Moved(NamedTuple):
    """What a plan did to one payment: moved if the days differ, otherwise changed by `amount`."""

    number: int
    before_on: date
    on: date
    amount: Decimal

    @property
    def is_move(self) -> bool:
        return self.before_on != self.on

    @property
    def difference(self) -> str:
        return f"{'+' if self.amount > 0 else '−'}{money(abs(self.amount))}"


@dataclass
class ListedPlan:
    plan: Plan
    promises: list[PromiseStanding]
    moved: list[Moved]
    state: str | Promise
    tone: str
    in_force: bool
    besides: Decimal = ZERO  # past due, and not part of a recovery plan in force
    form: Any = field(default=None)  # the page's form to cancel it

    @property
    def shows_promises(self) -> bool:
        """Whether it's still useful to say which promises were kept."""
        return self.in_force or self.plan.broken_at is not None


def listed_plans(lease: Lease, today: date) -> list[ListedPlan]:
    """The newest first, in three queries."""
    plans = (
        with_received(lease.plans.all(), today)
        .select_related("by", "cancelled_by")
        .prefetch_related(
            "promises",
            Prefetch(
                "entries",
                LedgerEntry.objects.filter(kind=LedgerKind.ADJUSTMENT)
                .select_related("instalment")
                .order_by("id"),
            ),
        )
    )
    return [_listed(plan, today) for plan in plans[:SHOWN]]


def _listed(plan: Plan, today: date) -> ListedPlan:
    promises = promise_standings(plan, plan.promises.all(), today)
    state, tone, in_force = _state(plan, promises)
    runs = in_force and plan.kind == PlanKind.RECOVERY
    besides = past_due_besides(plan) if runs else ZERO
    return ListedPlan(plan, promises, _moved(plan), state, tone, in_force, besides)


def _state(plan: Plan, promises: list[PromiseStanding]) -> tuple[str | Promise, str, bool]:
    if plan.cancelled_at:
        return pgettext_lazy("plan", "Canceled"), "neutral", False
    if plan.kind == PlanKind.RECOVERY:
        if plan.broken_at:
            return pgettext_lazy("plan", "Broken: a payment was reversed"), "bad", False
        if is_fulfilled(plan):
            return pgettext_lazy("plan", "Completed"), "good", False
        if any(each.missed for each in promises):
            return pgettext_lazy("plan", "Promised payment missed"), "bad", True
    return pgettext_lazy("plan", "In effect"), "accent", True


def _moved(plan: Plan) -> list[Moved]:
    lines: dict[int, list[LedgerEntry]] = {}
    for line in plan.entries.all():
        if line.instalment:
            lines.setdefault(line.instalment.number, []).append(line)
    found = []
    for number, of_it in sorted(lines.items()):
        total = sum((line.amount for line in of_it), ZERO)
        amount = total or max(line.amount for line in of_it)  # a move adds up to zero
        found.append(Moved(number, of_it[0].effective_on, of_it[-1].effective_on, amount))
    return found
