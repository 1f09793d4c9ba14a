from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from common.company_day import business_day
from leases.mails.hours import in_their_hours
from leases.mails.phrases import HERE_EN, HERE_ES
from leases.mails.plan_payments import PLAN_PAYMENT_PLACEHOLDERS, PlanPaymentParams, sample
from leases.models import Lease, PlanPromise
from leases.queries.missed import with_missed_promises
from mail.kinds import MailKind, Text
from mail.models import Email


def _is_missed(mail: Email, now: datetime) -> bool:
    """This is still the first payment of a plan in force that hasn't been made."""
    told = PlanPromise.objects.filter(mails=mail.pk).values("due_on", "plan__lease").first()
    if told is None:
        return False
    lease = Lease.objects.filter(pk=told["plan__lease"])
    missed = with_missed_promises(lease, today=business_day(now))
    return missed.filter(Q(missed_on=told["due_on"])).exists()


PLAN_PAYMENT_MISSED = MailKind(
    key="plan_payment_missed",
    label=_("Plan payment missed"),
    params=PlanPaymentParams,
    placeholders=PLAN_PAYMENT_PLACEHOLDERS,
    in_subject=("matter",),
    in_body=("matter", "promise"),
    at_most_once=True,
    is_still_true=_is_missed,
    goes_at=in_their_hours,
    through_attorney=True,
    sample=lambda now: sample(now, days=-1),
    texts={
        Language.ENGLISH: Text(
            "We haven’t received your plan payment due {promise_day}: {matter}",
            f"""\
Hello {{first_name}},

We haven’t received this payment on your plan:

{{promise}}

It’s for {{matter}}. If you’ve already made it, send us the receipt and we’ll look into it right \
away. If something came up, call us or reply to this email as soon as you can. We’ll work with you \
to find a new date.

{HERE_EN}""",
            headline="We haven’t received your plan payment",
        ),
        Language.SPANISH: Text(
            "No hemos recibido su pago del plan del {promise_day}: {matter}",
            f"""\
Hola, {{first_name}}:

Todavía no hemos recibido este pago de su plan:

{{promise}}

Es un pago de su {{matter}}. Si ya lo hizo, envíenos el comprobante y lo revisaremos enseguida. \
Si tuvo algún contratiempo, llámenos o responda a este correo cuanto antes. Buscaremos con usted \
otra fecha.

{HERE_ES}""",
            headline="No hemos recibido su pago del plan",
        ),
    },
)
