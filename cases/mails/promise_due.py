from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.mails.hours import in_their_hours
from cases.mails.phrases import HERE_EN, HERE_ES
from cases.mails.promises import REMINDER_PLACEHOLDERS, PromiseParams, customers_sample
from cases.models import Promise
from common.company_day import business_day
from mail.kinds import MailKind, Text
from mail.models import Email


def _is_open(mail: Email, now: datetime) -> bool:
    promised = Promise.objects.open().filter(mails=mail.pk, due_on__gte=business_day(now))
    return promised.exclude(case__status=CaseStatus.CLOSED).exists()


PROMISE_DUE = MailKind(
    key="promise_due",
    label=_("Agreed date coming up"),
    params=PromiseParams,
    placeholders=REMINDER_PLACEHOLDERS,
    in_subject=("matter",),
    in_body=("matter", "promise"),
    is_still_true=_is_open,
    goes_at=in_their_hours,
    through_attorney=True,
    sample=lambda now: customers_sample(now, days=2),
    texts={
        Language.ENGLISH: Text(
            "What we agreed on for {promise_day}: {matter}",
            f"""\
Hello {{first_name}},

This is a reminder of what we agreed on for {{promise_day}}:

{{promise}}

This is about {{matter}}. If you’ve already done it, you don’t need to do anything else. If you \
can’t do it by then, tell us before that day. We’ll work with you to find a solution.

{HERE_EN}""",
            headline="A reminder of what we agreed on",
        ),
        Language.SPANISH: Text(
            "Lo que acordamos para el {promise_day}: {matter}",
            f"""\
Hola, {{first_name}}:

Le recordamos lo que acordamos para el {{promise_day}}:

{{promise}}

Se trata del {{matter}}. Si ya está hecho, no tiene que hacer nada más. Si no va a ser posible, \
avísenos antes de ese día. Buscaremos con usted una solución.

{HERE_ES}""",
            headline="Recordatorio de lo que acordamos",
        ),
    },
)
