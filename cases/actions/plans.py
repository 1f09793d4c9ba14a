"""A plan agreed in a call about a case: the case says so, and the mail belongs to it too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.enums import Visibility
from cases.events import Happening, MovedPayment, PlanAgreed, PlanCancelled, PlannedPayment
from cases.models import Case, CaseMail
from leases.actions import plans
from leases.enums import PlanKind
from leases.mails.base import LeaseParams
from leases.mails.plan_agreed import PLAN_AGREED
from leases.mails.plan_cancelled import PLAN_CANCELLED
from leases.models import Lease, Plan
from mail.kinds import MailKind
from mail.models import Email


@transaction.atomic
def agree_plan(
    agree: Callable[[], plans.Agreement], *, case: Case | None, by: User, now: datetime
) -> Plan:
    """`agree` is one of the agreements of `leases.actions.plans`.

    ValidationError: what it raises, `foreign_case`.
    """
    agreed = agree()
    if case:
        _note(case, agreed.plan, PLAN_AGREED, _happening(agreed), by=by, now=now)
    return agreed.plan


@transaction.atomic
def cancel_plan(
    *, plan: Plan, reason: str, case: Case | None = None, by: User, now: datetime
) -> Plan:
    """ValidationError: those of `leases.actions.plans.cancel_plan`, `foreign_case`."""
    plan = plans.cancel_plan(plan=plan, reason=reason, by=by, now=now)
    if case:
        ended = PlanCancelled(plan=plan.pk, kind=PlanKind(plan.kind), reason=plan.cancel_reason)
        _note(case, plan, PLAN_CANCELLED, ended, by=by, now=now)
    return plan


def _note(
    case: Case,
    plan: Plan,
    told: MailKind[LeaseParams],
    happening: Happening,
    *,
    by: User,
    now: datetime,
) -> None:
    case = _of_the_lease(case, plan.lease, by)
    touch(case, now=now)
    entry = add_event(case, happening, by=by, now=now, visibility=Visibility.PUBLIC)
    mail = Email.objects.get(leasemail__plan=plan, template__key=told.key)
    Email.objects.filter(pk=mail.pk).update(thread=case.number)
    CaseMail.objects.create(email=mail, case=case, entry=entry)


def _of_the_lease(case: Case, lease: Lease, by: User) -> Case:
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise PermissionDenied
    case = locked(case)
    if case.lease_id != lease.pk or not case.is_active:
        raise ValidationError(
            _("Choose an open case for this lease or “No case.”"), code="foreign_case"
        )
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
