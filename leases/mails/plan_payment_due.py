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
    """Its day is ahead, the plan in force, and the money has not come."""
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
    label=_("Payment of a plan coming"),
    params=PlanPaymentParams,
    placeholders=PLAN_PAYMENT_PLACEHOLDERS,
    in_subject=("matter",),
    in_body=("matter", "promise"),
    is_still_true=_is_to_be_paid,
    goes_at=in_their_hours,
    sample=sample,
    texts={
        Language.ENGLISH: Text(
            "What we agreed for {promise_day}: {matter}",
            f"""\
Hello, {{customer_name}}:

This is to remind you of what we agreed for {{promise_day}}:

{{promise}}

It is about {{matter}}. If it is already done, there is nothing more to do. If you see that it \
will not be possible, tell us before that day, so that we can look for a solution together.

{HERE_EN}""",
        ),
        Language.SPANISH: Text(
            "Lo que acordamos para el {promise_day}: {matter}",
            f"""\
Hola, {{customer_name}}:

Le recordamos lo que acordamos para el {{promise_day}}:

{{promise}}

Se trata de: {{matter}}. Si ya está hecho, no tiene que hacer nada más. Si ve que no va a ser \
posible, avísenos antes de ese día para buscar juntos una solución.

{HERE_ES}""",
        ),
    },
)
