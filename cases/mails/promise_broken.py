from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import PromiseOutcome
from cases.mails.hours import in_their_hours
from cases.mails.phrases import HERE_EN, HERE_ES
from cases.mails.promises import REMINDER_PLACEHOLDERS, PromiseParams, promise_sample
from cases.models import Promise
from mail.kinds import MailKind, Text
from mail.models import Email


def _is_broken(mail: Email, now: datetime) -> bool:
    return Promise.objects.filter(mails=mail.pk, outcome=PromiseOutcome.BROKEN).exists()


PROMISE_BROKEN = MailKind(
    key="promise_broken",
    label=_("Agreement not kept"),
    params=PromiseParams,
    placeholders=REMINDER_PLACEHOLDERS,
    in_subject=("matter",),
    in_body=("matter", "promise"),
    at_most_once=True,
    is_still_true=_is_broken,
    goes_at=in_their_hours,
    sample=promise_sample,
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
