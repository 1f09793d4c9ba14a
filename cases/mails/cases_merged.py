from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up, number_word
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class CasesMergedParams(CaseParams):
    merged_number: str

    def words(self) -> dict[str, str]:
        return super().words() | {"merged_number": number_word(self.merged_number)}


CASES_MERGED = MailKind(
    key="cases_merged",
    label=_("Cases merged"),
    params=CasesMergedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "merged_number": _("the number of the case that is now part of this one"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "merged_number"),
    kept="case_number",
    through_attorney=True,
    sample=lambda now: CasesMergedParams(**made_up(now), merged_number="260001241"),
    texts={
        Language.ENGLISH: Text(
            "From now on, your case number is {case_number}",
            f"""\
Hello {{first_name}},

You had two cases with us about the same thing. So that you get one answer, case {{merged_number}} \
is now part of case {{case_number}}. We still have everything you told us and sent us. You don’t \
need to do anything about this change.

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="Your two cases are one now",
        ),
        Language.SPANISH: Text(
            "Desde ahora, su número de caso es {case_number}",
            f"""\
Hola, {{first_name}}:

Tenía con nosotros dos casos sobre lo mismo. Para darle una sola respuesta, el caso \
{{merged_number}} ahora es parte del caso {{case_number}}. Conservamos todo lo que nos dijo y nos \
envió. Por este cambio no tiene que hacer nada.

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Ahora sus dos casos son uno solo",
        ),
    },
)
