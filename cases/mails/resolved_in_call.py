from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.enums import CaseStatus, Party
from cases.kinds import outcome_for_customer
from cases.mails import callers
from cases.mails.base import CASE_PLACEHOLDERS, made_up
from cases.mails.case_opened import CaseOpenedParams
from cases.mails.phrases import CASE_EN, CASE_ES, PORTAL_EN, PORTAL_ES
from cases.mails.promises import Promised
from cases.models import Case
from common.company_day import business_day
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class ResolvedInCallParams(CaseOpenedParams):
    """A call whose case was resolved before anyone hung up."""

    always = CaseStatus.RESOLVED

    outcome: str  # the key of a CaseOutcome

    def words(self) -> dict[str, str]:
        return super().words() | {"outcome": outcome_for_customer(self.outcome)}

    def call(self) -> str:
        return callers.resolved(self.caller, self.agent_name)

    def call_for_client(self) -> str:
        return callers.resolved_for_client(self.agent_name)

    def seen_in(self, case: Case) -> Self:
        return replace(super().seen_in(case), status=CaseStatus.RESOLVED)


def _sample(now: datetime) -> ResolvedInCallParams:
    what = pgettext("sample of a mail", "make the missed payment")
    due_on = business_day(now) + timedelta(days=3)
    return ResolvedInCallParams(
        **made_up(now, CaseStatus.RESOLVED),
        agent_name="Ana Torres",
        outcome="plan_agreed",
        message=pgettext("sample of a mail", "The next payment stays on its date."),
        promised=(
            Promised(party=Party.CUSTOMER, what=what, amount=Decimal("38.46"), due_on=due_on),
        ),
    )


RESOLVED_IN_CALL = MailKind(
    key="resolved_in_call",
    label=_("Case resolved during the call"),
    params=ResolvedInCallParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "agent_name": _("the name of the agent who took the call"),
        "call": _("who called, and what became of it"),
        "outcome": _("how the case ended"),
        "told": _("the agent’s own words and what was agreed on"),
    },
    in_subject=("case_number",),
    in_body=("case_number", "outcome"),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your case {case_number} is resolved",
            f"""\
Hello {{first_name}},

{{call}}

{{outcome}}

{{told}}

If it still isn’t resolved for you, write to us. We’ll continue your case under the same number.

{CASE_EN}

{PORTAL_EN}""",
            headline="Your case is resolved",
        ),
        Language.SPANISH: Text(
            "Su caso {case_number} está resuelto",
            f"""\
Hola, {{first_name}}:

{{call}}

{{outcome}}

{{told}}

Si para usted no está resuelto, escríbanos. Su caso seguirá con el mismo número.

{CASE_ES}

{PORTAL_ES}""",
            headline="Su caso está resuelto",
        ),
    },
)
