"""Plans agreed with a customer: confirmed in writing, and at the case where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import TemplateKey, Visibility
from cases.events import MovedPayment, PlanAgreed, PlanCancelled, PlannedPayment
from cases.mail.lease_mail import enqueue_lease_mail
from cases.models import Case
from common.company_day import business_day
from common.typed_json import to_json
from leases.actions import plans
from leases.enums import PlanKind
from leases.models import Lease, Plan
from leases.plan_terms import Promised
from leases.queries.ledger import standing_of


@transaction.atomic
def agree_recovery(
    *,
    lease: Lease,
    promises: Sequence[Promised],
    note: str = "",
    case: Case | None = None,
    by: User,
    now: datetime,
) -> Plan:
    """ValidationError: those of `leases.actions.plans.agree_recovery`, `foreign_case`."""
    agreed = plans.agree_recovery(lease=lease, promises=promises, note=note, by=by, now=now)
    return _confirm(lease, agreed, case, by, now)


@transaction.atomic
def reschedule(
    *,
    lease: Lease,
    number: int,
    to: date,
    note: str,
    case: Case | None = None,
    by: User,
    now: datetime,
) -> Plan:
    """ValidationError: those of `leases.actions.plans.reschedule`, `foreign_case`."""
    agreed = plans.reschedule(lease=lease, number=number, to=to, note=note, by=by, now=now)
    return _confirm(lease, agreed, case, by, now)


@transaction.atomic
def restructure(
    *,
    lease: Lease,
    count: int,
    percent: int,
    spread: str,
    note: str,
    case: Case | None = None,
    by: User,
    now: datetime,
) -> Plan:
    """ValidationError: those of `leases.actions.plans.restructure`, `foreign_case`."""
    agreed = plans.restructure(
        lease=lease, count=count, percent=percent, spread=spread, note=note, by=by, now=now
    )
    return _confirm(lease, agreed, case, by, now)


@transaction.atomic
def cancel_plan(
    *, plan: Plan, reason: str, case: Case | None = None, by: User, now: datetime
) -> Plan:
    """ValidationError: those of `leases.actions.plans.cancel_plan`, `foreign_case`."""
    plan = plans.cancel_plan(plan=plan, reason=reason, by=by, now=now)
    entry = None
    if case:
        case = _of_the_lease(case, plan.lease, by)
        touch(case, now=now)
        entry = add_event(
            case,
            PlanCancelled(plan=plan.pk, kind=PlanKind(plan.kind), reason=plan.cancel_reason),
            by=by,
            now=now,
            visibility=Visibility.PUBLIC,
        )
    today = business_day(now)
    owed = standing_of(plan.lease, today)
    enqueue_lease_mail(
        plan.lease,
        TemplateKey.PLAN_CANCELLED,
        key=f"plan_cancelled:{plan.pk}",
        now=now,
        case=case,
        entry=entry,
        ended_plan={
            "kind": plan.kind,
            "agreed_on": business_day(plan.at).isoformat(),
            "ended_on": today.isoformat(),
        },
        arrears=str(owed.arrears),
        next_on=owed.next.due_on.isoformat() if owed.next else None,
        next_amount=str(owed.next.left) if owed.next else None,
    )
    return plan


def _confirm(
    lease: Lease, agreed: plans.Agreement, case: Case | None, by: User, now: datetime
) -> Plan:
    """The mail lies in the outbox or nothing was agreed."""
    happening, entry = _happening(agreed), None
    if case:
        case = _of_the_lease(case, lease, by)
        touch(case, now=now)
        entry = add_event(
            case,
            happening,
            by=by,
            now=now,
            visibility=Visibility.PUBLIC,
        )
    enqueue_lease_mail(
        lease,
        TemplateKey.PLAN_AGREED,
        key=f"plan_agreed:{agreed.plan.pk}",
        now=now,
        case=case,
        entry=entry,
        plan={name: each for name, each in to_json(happening).items() if name != "plan"},
    )
    return agreed.plan


def _of_the_lease(case: Case, lease: Lease, by: User) -> Case:
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise PermissionDenied
    case = locked(case)
    if case.lease_id != lease.pk or not case.is_active:
        raise ValidationError(_("Choose an open case of this lease, or none."), code="foreign_case")
    return case


def _happening(agreed: plans.Agreement) -> PlanAgreed:
    return PlanAgreed(
        plan=agreed.plan.pk,
        kind=PlanKind(agreed.plan.kind),
        arrears=agreed.plan.arrears,
        promises=tuple(
            PlannedPayment(due_on=each.due_on, amount=each.amount) for each in agreed.promises
        ),
        moves=tuple(
            MovedPayment(
                number=each.number, before=each.before_on, after=each.on, amount=each.amount
            )
            for each in agreed.moves
        ),
    )
