from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import PromiseOutcome
from cases.mails.hours import in_their_hours
from cases.mails.phrases import HERE_EN, HERE_ES
from cases.mails.promises import REMINDER_PLACEHOLDERS, PromiseParams, customers_sample
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
    through_attorney=True,
    sample=lambda now: customers_sample(now, days=-1),
    texts={
        Language.ENGLISH: Text(
            "We haven’t received what we agreed on for {promise_day}: {matter}",
            f"""\
Hello {{first_name}},

We agreed on this for {{promise_day}}, but we haven’t received it:

{{promise}}

This is about {{matter}}. If you’ve already done it, send us proof and we’ll look into it right \
away. If something came up, call us or reply to this email as soon as you can. We’ll agree on a \
new date.

{HERE_EN}""",
            headline="We haven’t received what we agreed on",
        ),
        Language.SPANISH: Text(
            "No hemos recibido lo que acordamos para el {promise_day}: {matter}",
            f"""\
Hola, {{first_name}}:

Acordamos lo siguiente para el {{promise_day}} y todavía no lo hemos recibido:

{{promise}}

Se trata del {{matter}}. Si ya lo hizo, envíenos una prueba y la revisaremos enseguida. Si tuvo \
algún contratiempo, llámenos o responda a este correo cuanto antes. Acordaremos otra fecha.

{HERE_ES}""",
            headline="No hemos recibido lo que acordamos",
        ),
    },
)
