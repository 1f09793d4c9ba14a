"""To whoever has a case: it was snoozed, and is back in the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from accounts.models import User
from cases.enums import SnoozeEnd
from cases.mails.base import CaseParams, case_facts, made_up
from cases.mails.staff import staff_mail
from cases.models import Case, Entry
from common.first_names import first_name
from common.formats import day
from mail.kinds import MailKind, Text
from mail.meanings import COMPANY, CUSTOMER_NAME, STAFF_NAME
from mail.outbound.enqueue import enqueue
from mail.words import link


@dataclass(frozen=True, kw_only=True)
class CaseBackParams(CaseParams):
    staff_name: str
    why: SnoozeEnd

    def words(self) -> dict[str, str]:
        return super().words() | {
            "first_name": first_name(self.staff_name),
            "staff_name": self.staff_name,
            "why": str(self.why.label),
            "due_day": day(self.due_on),
            "case_link": link(f"{settings.BASE_URL}/cases/{self.case_number}/"),
        }

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent", "We’re writing to you because this case is assigned to you."
        )


def enqueue_case_back(
    case: Case, why: SnoozeEnd, *, step_on: date, entry: Entry, by: User | None, now: datetime
) -> None:
    """To no one if no one has it, or if it's their own doing. `step_on`: of the next step."""
    owner = case.assignee
    if owner is None or not owner.is_active or owner == by:
        return
    facts = case_facts(case) | {"due_on": step_on}
    said = CaseBackParams(**facts, staff_name=owner.name, why=why)
    enqueue(staff_mail(CASE_BACK, said, owner, key=f"case_back:{entry.pk}"), now=now)


CASE_BACK = MailKind(
    key="case_back",
    label=_("Snoozed case is back"),
    params=CaseBackParams,
    placeholders={
        **STAFF_NAME,
        "case_number": _("the case number, in groups to read aloud"),
        **CUSTOMER_NAME,
        "kind": _("the reason for the case"),
        "why": _("why it’s back"),
        "due_day": _("the date the next step is due"),
        "case_link": _("the link to the case for staff"),
        **COMPANY,
    },
    in_subject=("case_number",),
    in_body=("case_number", "why", "case_link"),
    kept="case_number",
    sample=lambda now: CaseBackParams(
        **made_up(now), staff_name="Ana Torres", why=SnoozeEnd.CUSTOMER_WROTE
    ),
    texts={
        Language.ENGLISH: Text(
            "Case {case_number} is back in the queue",
            """\
Hello {first_name},

This case was snoozed, and it’s back in the queue: {why}.

Case number: {case_number}
Customer: {customer_name}
Reason: {kind}
Next step by: {due_day}

Open the case:
{case_link}

{company}""",
            headline="Back in the queue: {why}",
        ),
        Language.SPANISH: Text(
            "El caso {case_number} está otra vez en la cola",
            """\
Hola, {first_name}:

Este caso estaba pospuesto y ya está otra vez en la cola: {why}.

Número de caso: {case_number}
Cliente: {customer_name}
Motivo: {kind}
Próximo paso, a más tardar el: {due_day}

Abrir el caso:
{case_link}

{company}""",
            headline="Otra vez en la cola: {why}",
        ),
    },
)
