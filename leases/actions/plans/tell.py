"""Confirms to the customer in writing what was agreed, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from common.company_day import business_day
from leases.actions.plans.agreement import Agreement
from leases.enums import PlanKind
from leases.mails.base import lease_facts, lease_mail
from leases.mails.plan_agreed import (
    PLAN_AGREED,
    AgreedPlan,
    MovedPayment,
    PlanAgreedParams,
    PlannedPayment,
)
from leases.mails.plan_cancelled import PLAN_CANCELLED, EndedPlan, PlanCancelledParams
from leases.mails.standing import standing_facts
from leases.models import LeaseMail, Plan
from mail.outbound.enqueue import enqueue


def tell_plan(agreed: Agreement, *, now: datetime) -> Agreement:
    plan = agreed.plan
    said = PlanAgreedParams(
        **lease_facts(plan.lease),
        plan=AgreedPlan(
            kind=PlanKind(plan.kind),
            arrears=plan.arrears,
            promises=tuple(
                PlannedPayment(due_on=each.due_on, amount=each.amount) for each in agreed.promises
            ),
            moves=tuple(
                MovedPayment(
                    number=each.number, before=each.before_on, after=each.on, amount=each.amount
                )
                for each in agreed.moves
            ),
        ),
    )
    about = LeaseMail(lease=plan.lease, plan=plan)
    key = f"plan_agreed:{plan.pk}"
    enqueue(lease_mail(PLAN_AGREED, said, plan.lease, key=key, about=about), now=now)
    return agreed


def tell_plan_end(plan: Plan, *, now: datetime) -> None:
    today = business_day(now)
    said = PlanCancelledParams(
        **lease_facts(plan.lease),
        ended_plan=EndedPlan(
            kind=PlanKind(plan.kind), agreed_on=business_day(plan.at), ended_on=today
        ),
        **standing_facts(plan.lease, today),
    )
    about = LeaseMail(lease=plan.lease, plan=plan)
    key = f"plan_cancelled:{plan.pk}"
    enqueue(lease_mail(PLAN_CANCELLED, said, plan.lease, key=key, about=about), now=now)
