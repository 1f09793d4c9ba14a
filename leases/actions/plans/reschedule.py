from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.company_day import business_day
from leases import plan_terms
from leases.actions.agreement_checks import checked_words, only_case_workers
from leases.actions.move import locked
from leases.actions.plans.agreement import AdjustmentLine, Agreement, Move, make_plan, write
from leases.actions.plans.tell import tell_plan
from leases.enums import PlanKind
from leases.models import Lease
from leases.queries.plans import situation_of


@transaction.atomic
def reschedule(
    *, lease: Lease, number: int, to: date, note: str, by: User, now: datetime
) -> Agreement:
    """Moves one payment to a later day: taken off its old day in the ledger, put on the new one.

    PermissionDenied; ValidationError: those of `plan_terms.check_move`, `reason`, `account_number`.
    """
    only_case_workers(by)
    note = checked_words(note, required=True)
    lease = locked(lease)
    situation = situation_of(lease, now)
    row = plan_terms.check_move(situation, number, to, business_day(now))
    plan = make_plan(
        lease, PlanKind.RESCHEDULING, arrears=situation.standing.arrears, note=note, by=by, now=now
    )
    write(
        plan,
        [AdjustmentLine(row.id, row.due_on, -row.amount), AdjustmentLine(row.id, to, row.amount)],
    )
    moved = Move(row.number, row.due_on, to, row.amount)
    return tell_plan(Agreement(plan, [], [moved]), now=now)
