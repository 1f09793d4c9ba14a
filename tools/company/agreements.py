"""What some of the demo's customers agreed about their payments."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from cases.actions import agree_plan
from cases.models import Case
from common.company_day import business_day
from leases import plan_terms
from leases.actions import autopay, plans
from leases.models import Lease
from leases.queries.plans import situation_of


def promise(
    lease: Lease, *, first_in: int, case: Case | None = None, by: User, now: datetime
) -> bool:
    """A recovery plan in weekly payments; False if the lease allows none."""
    situation = situation_of(lease, now)
    if not plan_terms.recovery(situation).allowed or situation.program is None:
        return False
    promises = plan_terms.proposed(
        situation.standing.arrears,
        min(3, situation.program.recovery_payments),
        business_day(now) + timedelta(days=first_in),
        "weekly",
    )
    note = "Cobra los viernes."
    agree_plan(
        lambda: plans.agree_recovery(lease=lease, promises=promises, note=note, by=by, now=now),
        case=case,
        by=by,
        now=now,
    )
    return True


def promise_at_case(case: Case, *, by: User, now: datetime) -> None:
    """Three days ago, when the first promised payment was missed since; or after something became
    past due.
    """
    for days in (3, 2, 1):
        then = max(case.changed_at, now - timedelta(days=days)) + timedelta(minutes=5)
        if (
            then <= now
            and case.lease
            and promise(case.lease, first_in=1, case=case, by=by, now=then)
        ):
            return


def charge_automatically(lease: Lease, *, method: str, by: User, now: datetime) -> None:
    autopay.set_up(lease=lease, method=method, overdraft_warned=True, by=by, now=now)
