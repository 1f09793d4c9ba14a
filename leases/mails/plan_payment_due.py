from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from leases.enums import PlanKind, PromiseState
from leases.mails.hours import in_their_hours
from leases.mails.phrases import HERE_EN, HERE_ES
from leases.mails.plan_payments import PLAN_PAYMENT_PLACEHOLDERS, PlanPaymentParams, sample
from leases.models import Plan, PlanPromise
from leases.queries.plans import IN_FORCE, promise_standings, with_received
from mail.kinds import MailKind, Text
from mail.models import Email


def _is_to_be_paid(mail: Email, now: datetime) -> bool:
    """Its day is ahead, the plan is in force, and the money hasn't come."""
    today = business_day(now)
    told = PlanPromise.objects.filter(mails=mail.pk, due_on__gte=today).first()
    return told is not None and _is_open(told, today)


def _is_open(told: PlanPromise, today: date) -> bool:
    plans = Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY, pk=told.plan_id)
    plan = with_received(plans, today).first()
    if plan is None:
        return False
    states = promise_standings(plan, plan.promises.order_by("number"), today)
    return any(each.promise.pk == told.pk and each.state != PromiseState.KEPT for each in states)


PLAN_PAYMENT_DUE = MailKind(
    key="plan_payment_due",
    label=_("Plan payment coming up"),
    params=PlanPaymentParams,
    placeholders=PLAN_PAYMENT_PLACEHOLDERS,
    in_subject=("matter",),
    in_body=("matter", "promise"),
    is_still_true=_is_to_be_paid,
    goes_at=in_their_hours,
    through_attorney=True,
    sample=lambda now: sample(now, days=2),
    texts={
        Language.ENGLISH: Text(
            "Your plan payment is due by {promise_day}: {matter}",
            f"""\
Hello {{first_name}},

A payment on your plan is coming up:

{{promise}}

It’s for {{matter}}. If you’ve already made it, you don’t need to do anything else. If you can’t \
make it, tell us before that day. We’ll work with you to find a solution.

{HERE_EN}""",
            headline="Your plan payment is due by {promise_day}",
        ),
        Language.SPANISH: Text(
            "Su pago del plan vence el {promise_day}: {matter}",
            f"""\
Hola, {{first_name}}:

Se acerca un pago de su plan:

{{promise}}

Es un pago de su {{matter}}. Si ya lo hizo, no tiene que hacer nada más. Si no va a poder hacerlo, \
avísenos antes de ese día. Buscaremos con usted una solución.

{HERE_ES}""",
            headline="Su pago del plan vence el {promise_day}",
        ),
    },
)
