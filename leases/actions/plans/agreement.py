"""What all plans write: the plan, and ledger lines that add up to zero."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from accounts.models import User
from leases.enums import LedgerKind, Part, PlanKind
from leases.models import Lease, LedgerEntry, Plan, PlanPromise


class Move(NamedTuple):
    """A payment of the schedule as it is after the agreement."""

    number: int
    before_on: date
    on: date
    amount: Decimal


class Agreement(NamedTuple):
    """What was agreed, to be confirmed in writing."""

    plan: Plan
    promises: list[PlanPromise]
    moves: list[Move]


class AdjustmentLine(NamedTuple):
    instalment_id: int
    on: date
    amount: Decimal


def make_plan(
    lease: Lease, kind: PlanKind, *, arrears: Decimal, note: str, by: User, now: datetime
) -> Plan:
    return Plan.objects.create(lease=lease, kind=kind, arrears=arrears, note=note, by=by, at=now)


def write(plan: Plan, lines: Iterable[AdjustmentLine]) -> list[LedgerEntry]:
    """Writes one act in the ledger. The lease's total must stay the same; a difference is
    an error.
    """
    batch = uuid.uuid4()
    entries = [
        LedgerEntry(
            lease_id=plan.lease_id, kind=LedgerKind.ADJUSTMENT, part=Part.RENT, plan=plan,
            instalment_id=line.instalment_id, amount=line.amount, effective_on=line.on,
            batch=batch, reason=plan.note, by_id=plan.by_id, at=plan.at,
        )
        for line in lines
    ]  # fmt: skip
    if sum(entry.amount for entry in entries):
        raise AssertionError("a plan changes what the lease costs")
    return LedgerEntry.objects.bulk_create(entries)
