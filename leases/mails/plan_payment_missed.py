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
    """The payment that was told is still the first one of a plan in force that has not come."""
    told = PlanPromise.objects.filter(mails=mail.pk).values("due_on", "plan__lease").first()
    if told is None:
        return False
    lease = Lease.objects.filter(pk=told["plan__lease"])
    missed = with_missed_promises(lease, today=business_day(now))
    return missed.filter(Q(missed_on=told["due_on"])).exists()


PLAN_PAYMENT_MISSED = MailKind(
    key="plan_payment_missed",
    label=_("Payment of a plan missed"),
    params=PlanPaymentParams,
    placeholders=PLAN_PAYMENT_PLACEHOLDERS,
    in_subject=("matter",),
    in_body=("matter", "promise"),
    at_most_once=True,
    is_still_true=_is_missed,
    goes_at=in_their_hours,
    sample=sample,
    texts={
        Language.ENGLISH: Text(
            "What we agreed for {promise_day} is missing: {matter}",
            f"""\
Hello, {{customer_name}}:

We agreed on this for {{promise_day}}, and it has not reached us:

{{promise}}

It is about {{matter}}. If you have done it, send us the proof and we will look into it at once. \
If something got in the way, write or call us now, so that we can agree on a new day.

{HERE_EN}""",
        ),
        Language.SPANISH: Text(
            "Falta lo que acordamos para el {promise_day}: {matter}",
            f"""\
Hola, {{customer_name}}:

Acordamos lo siguiente para el {{promise_day}} y todavía no nos consta:

{{promise}}

Se trata de: {{matter}}. Si ya lo hizo, envíenos el comprobante y lo revisaremos enseguida. Si \
tuvo algún contratiempo, escríbanos o llámenos ahora para acordar otra fecha.

{HERE_ES}""",
        ),
    },
)
