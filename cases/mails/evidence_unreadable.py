from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up
from cases.mails.phrases import (
    HOW_EN,
    HOW_ES,
    HOW_IT_STANDS_EN,
    HOW_IT_STANDS_ES,
    PORTAL_EN,
    PORTAL_ES,
)
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class EvidenceUnreadableParams(CaseParams):
    always = CaseStatus.WAITING_CUSTOMER

    file_name: str
    reason: str

    def words(self) -> dict[str, str]:
        return super().words() | {"file_name": self.file_name, "reason": self.reason}


EVIDENCE_UNREADABLE = MailKind(
    key="evidence_unreadable",
    label=_("Unreadable proof"),
    params=EvidenceUnreadableParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "file_name": _("the name of the file"),
        "reason": _("why we can’t read it"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "file_name", "reason"),
    kept="case_number",
    through_attorney=True,
    sample=lambda now: EvidenceUnreadableParams(
        **made_up(now, CaseStatus.WAITING_CUSTOMER),
        file_name="sofa-1.jpg",
        reason=pgettext("sample of a mail", "We can’t read the date."),
    ),
    texts={
        Language.ENGLISH: Text(
            "Please send a file again: case {case_number}",
            f"""\
Hello {{first_name}},

We can’t read one of the files you sent us:

{{file_name}}

What’s wrong with it: {{reason}}

Please send it again. {HOW_EN} Make sure there’s enough light and that the whole page is in the \
picture.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="Please send a file again",
        ),
        Language.SPANISH: Text(
            "Envíenos otra vez un archivo: caso {case_number}",
            f"""\
Hola, {{first_name}}:

No podemos leer uno de los archivos que nos envió:

{{file_name}}

El problema: {{reason}}

Envíelo de nuevo, por favor. {HOW_ES} Procure que haya buena luz y que se vea la hoja completa.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Envíenos otra vez un archivo",
        ),
    },
)
