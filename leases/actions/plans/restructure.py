from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.company_day import business_day
from leases import plan_terms
from leases.actions.agreement_checks import checked_words, only_case_workers
from leases.actions.move import locked
from leases.actions.plans.agreement import AdjustmentLine, Agreement, Move, make_plan, write
from leases.actions.plans.tell import tell_plan
from leases.enums import PlanKind
from leases.models import Instalment, Lease
from leases.queries.plans import frequency_of, situation_of


@transaction.atomic
def restructure(
    *, lease: Lease, count: int, percent: int, spread: str, note: str, by: User, now: datetime
) -> Agreement:
    """Lowers the next payments, and adds the same amount to later ones or to new ones at the end.

    PermissionDenied; ValidationError: those of `plan_terms.lowered`, `reason`, `account_number`.
    """
    only_case_workers(by)
    note = checked_words(note, required=True)
    lease = locked(lease)
    situation = situation_of(lease, now)
    changes = plan_terms.lowered(
        situation,
        count=count,
        percent=percent,
        spread=spread,
        frequency=frequency_of(lease),
        today=business_day(now),
    )
    plan = make_plan(
        lease, PlanKind.RESTRUCTURING, arrears=situation.standing.arrears, note=note, by=by, now=now
    )
    added = Instalment.objects.bulk_create(
        Instalment(lease=lease, number=each.number, due_on=each.due_on, amount=each.after)
        for each in changes
        if each.id is None
    )
    ids = {each.number: each.pk for each in added}
    write(
        plan,
        [
            AdjustmentLine(each.id or ids[each.number], each.due_on, each.after - each.before)
            for each in changes
        ],
    )
    moves = [Move(each.number, each.due_on, each.due_on, each.after) for each in changes]
    return tell_plan(Agreement(plan, [], moves), now=now)
