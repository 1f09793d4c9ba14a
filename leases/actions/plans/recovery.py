from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.company_day import business_day
from leases import plan_terms
from leases.actions.agreement_checks import checked_words, only_case_workers
from leases.actions.move import locked
from leases.actions.plans.agreement import Agreement, make_plan
from leases.actions.plans.tell import tell_plan
from leases.enums import PlanKind
from leases.models import Lease, PlanPromise
from leases.queries.plans import recovery_in_force, situation_of


@transaction.atomic
def agree_recovery(
    *,
    lease: Lease,
    promises: Sequence[plan_terms.Promised],
    note: str = "",
    by: User,
    now: datetime,
) -> Agreement:
    """Records promises to pay what is past due. The ledger stays as it is: the customer owes
    neither more nor less nor later.

    PermissionDenied; ValidationError: those of `plan_terms.check_promises`, `reason`,
    `account_number`.
    """
    only_case_workers(by)
    note = checked_words(note)
    lease = locked(lease)
    today = business_day(now)
    situation = situation_of(lease, now)
    plan_terms.check_promises(situation, promises, today)
    # it was kept in full, or the check would have refused
    if before := recovery_in_force(lease, today):
        before.fulfilled_at = now
        before.save(update_fields=["fulfilled_at"])
    plan = make_plan(
        lease, PlanKind.RECOVERY, arrears=situation.standing.arrears, note=note, by=by, now=now
    )
    rows = PlanPromise.objects.bulk_create(
        PlanPromise(plan=plan, number=number, due_on=each.due_on, amount=each.amount)
        for number, each in enumerate(promises, start=1)
    )
    return tell_plan(Agreement(plan, rows, []), now=now)
