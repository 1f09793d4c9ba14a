from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, case_sample
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text

ESCALATED = MailKind(
    key="escalated",
    label=_("Case escalated"),
    params=CaseParams,
    placeholders=CASE_PLACEHOLDERS,
    in_subject=("case_number",),
    in_body=("case_number", "due_day"),
    kept="case_number",
    sample=case_sample,
    texts={
        Language.ENGLISH: Text(
            "Our supervisors are reviewing your case {case_number}",
            f"""\
Hello, {{customer_name}}:

We passed your case on to our supervisors. They look at it before other cases and decide how it \
goes on. You will hear from us by the day below; there is nothing you have to do until then.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
        ),
        Language.SPANISH: Text(
            "Nuestros supervisores están revisando su caso {case_number}",
            f"""\
Hola, {{customer_name}}:

Elevamos su caso a nuestros supervisores. Lo revisan antes que otros y deciden cómo sigue. Tendrá \
noticias nuestras a más tardar en la fecha indicada abajo; mientras tanto, no tiene que hacer nada.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
        ),
    },
)
