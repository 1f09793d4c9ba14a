from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.models import Case
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class CaseOpenedParams(CaseParams):
    agent_name: str

    def words(self) -> dict[str, str]:
        return super().words() | {"agent_name": self.agent_name}

    def seen_in(self, case: Case) -> Self:
        return replace(self, **self.facts_of(case), agent_name=case.opened_by.name)


CASE_OPENED = MailKind(
    key="case_opened",
    label=_("Case opened"),
    params=CaseOpenedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "agent_name": _("the name of the agent who took the call"),
    },
    in_subject=("case_number",),
    in_body=("case_number",),
    kept="case_number",
    through_attorney=True,
    sample=lambda now: CaseOpenedParams(**made_up(now, CaseStatus.OPEN), agent_name="Ana Torres"),
    texts={
        Language.ENGLISH: Text(
            "Your case {case_number} is open",
            f"""\
Hello {{first_name}},

We opened a case to follow up on what you told us. You spoke with {{agent_name}}.

{HOW_IT_STANDS_EN}

Keep your case number. With it, anyone at {{company}} can find your case right away. If anything \
here isn’t right, tell us.

{PORTAL_EN}""",
            headline="Your case is open",
        ),
        Language.SPANISH: Text(
            "Abrimos su caso {case_number}",
            f"""\
Hola, {{first_name}}:

Abrimos un caso para dar seguimiento a lo que nos contó. Le atendió {{agent_name}}.

{HOW_IT_STANDS_ES}

Guarde su número de caso. Con él, cualquier persona de {{company}} encuentra su caso enseguida. \
Si algo no es correcto, díganoslo.

{PORTAL_ES}""",
            headline="Abrimos su caso",
        ),
    },
)
