"""Payments that were moved or changed, as the customer reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from common.company_day import business_day
from leases.enums import PlanKind
from leases.models import Lease, Plan
from leases.queries.ledger import standing_of
from leases.queries.plan_list import Moved, listed_plans
from leases.schedule import ScheduleRow


class Changed(NamedTuple):
    """A payment still to be made, and what a plan did to it."""

    change: str  # moved, added, lower or higher
    number: int
    before_on: date
    on: date
    amount: Decimal
    difference: Decimal


class ChangedCard(NamedTuple):
    plan: Plan
    payments: list[Changed]
    raised: list[Changed]  # said in one line, because it may be all that are left

    @property
    def most_raised(self) -> Decimal:
        return max(each.difference for each in self.raised)

    @property
    def last_raised(self) -> int:
        return self.raised[-1].number


def changed_cards(lease: Lease, now: datetime) -> list[ChangedCard]:
    """The plans in force that change a future payment, the newest first."""
    today = business_day(now)
    plans = [
        each
        for each in listed_plans(lease, today)
        if each.in_force and each.plan.kind != PlanKind.RECOVERY
    ]
    if not plans:
        return []
    to_come = {
        row.number: row
        for row in standing_of(lease, today).rows
        if row.left > 0 and row.due_on >= today
    }
    cards = [_card(each.plan, _changed(each.moved, to_come)) for each in plans]
    return [card for card in cards if card.payments or card.raised]


def _card(plan: Plan, changed: list[Changed]) -> ChangedCard:
    return ChangedCard(
        plan,
        [each for each in changed if each.change != "more"],
        [each for each in changed if each.change == "more"],
    )


def _changed(moved: Iterable[Moved], to_come: dict[int, ScheduleRow]) -> list[Changed]:
    found = []
    for each in moved:
        row = to_come.get(each.number)
        if row is None or row.due_on != each.on:  # made, come due, or moved on by a later plan
            continue
        if each.is_move:
            change = "moved"
        elif each.amount == row.amount:
            change = "added"
        else:
            change = "more" if each.amount > 0 else "less"
        found.append(
            Changed(change, row.number, each.before_on, row.due_on, row.amount, abs(each.amount))
        )
    return found
