from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class EscalatedParams(CaseParams):
    always = CaseStatus.ESCALATED


ESCALATED = MailKind(
    key="escalated",
    label=_("Case escalated"),
    params=EscalatedParams,
    placeholders=CASE_PLACEHOLDERS,
    in_subject=("case_number",),
    in_body=("case_number", "due_day"),
    kept="case_number",
    through_attorney=True,
    sample=lambda now: EscalatedParams(**made_up(now, CaseStatus.ESCALATED)),
    texts={
        Language.ENGLISH: Text(
            "A supervisor is reviewing your case {case_number}",
            f"""\
Hello {{first_name}},

We passed your case on to a supervisor, who will review it before other cases and decide what \
happens next. If you still have something to send us, please send it now so we can move faster.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="A supervisor is reviewing your case",
        ),
        Language.SPANISH: Text(
            "El equipo de supervisión revisa su caso {case_number}",
            f"""\
Hola, {{first_name}}:

Pasamos su caso al equipo de supervisión. Lo revisará antes que otros y decidirá qué sigue. Si \
todavía le falta enviarnos algo, envíelo, por favor. Así avanzamos más rápido.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="El equipo de supervisión revisa su caso",
        ),
    },
)
