"""By when somebody acts next: one day, said alike in every header and mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cases.enums import Party
from cases.models import Case, Promise


class NextStep(NamedTuple):
    """The earliest open day of a case: its own, or that of an agreement."""

    on: date
    party: Party
    is_agreed: bool = False


def next_step(case: Case, *, since: date | None = None) -> NextStep:
    """`since`: days before it count only where there is no other, for no mail names those."""
    return next_steps([case], since=since)[case.pk]


def next_steps(cases: Iterable[Case], *, since: date | None = None) -> dict[int, NextStep]:
    """By the ids of the cases. One query, for those with work left."""
    found = {each.pk: [NextStep(each.due_on, each.who_acts)] for each in cases}
    active = [each.pk for each in cases if each.is_active]
    agreed = Promise.objects.open().filter(case__in=active) if active else []
    for promise in agreed:
        party = Party(promise.party)
        found[promise.case_id].append(NextStep(promise.due_on, party, is_agreed=True))
    return {pk: _first(steps, since) for pk, steps in found.items()}


def _first(steps: list[NextStep], since: date | None) -> NextStep:
    """The case's own where both are of one day."""
    to_come = [step for step in steps if since is None or step.on >= since]
    return min(to_come or steps, key=lambda step: step.on)
