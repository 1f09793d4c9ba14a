from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.kinds import slot_name
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, bulleted, in_their_own_words, made_up
from cases.mails.phrases import (
    HOW_EN,
    HOW_ES,
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)
from cases.mails.planned import goes_when_planned, reason_holds
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class EvidenceRequestedParams(CaseParams):
    always = CaseStatus.WAITING_CUSTOMER

    slots: tuple[str, ...]
    message: str = ""
    said_in: str = ""

    def words(self) -> dict[str, str]:
        asked = bulleted(slot_name(each) for each in self.slots)
        text = "\n\n".join(part for part in (asked, self.message) if part)
        return super().words() | {"evidence": in_their_own_words(text, self.message, self.said_in)}


EVIDENCE_REQUESTED = MailKind(
    key="evidence_requested",
    label=_("Proof requested"),
    params=EvidenceRequestedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "evidence": _("what we ask for, one per line, with the agent’s words below"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "evidence"),
    kept="case_number",
    is_still_true=reason_holds,
    goes_at=goes_when_planned,
    through_attorney=True,
    sample=lambda now: EvidenceRequestedParams(
        **made_up(now, CaseStatus.WAITING_CUSTOMER),
        slots=("photos", "receipts"),
        message=pgettext("sample of a mail", "The photo should show the whole item."),
    ),
    texts={
        Language.ENGLISH: Text(
            "What we need for your case {case_number}",
            f"""\
Hello {{first_name}},

To continue with your case, please send us:

{{evidence}}

{HOW_EN} If you don’t have one of these, tell us. We’ll work with you to find another way.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="What we need for your case",
        ),
        Language.SPANISH: Text(
            "Lo que necesitamos para su caso {case_number}",
            f"""\
Hola, {{first_name}}:

Para seguir con su caso, por favor, envíenos:

{{evidence}}

{HOW_ES} Si no tiene alguna de estas cosas, díganoslo. Buscaremos con usted otra manera.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Lo que necesitamos para su caso",
        ),
    },
)
