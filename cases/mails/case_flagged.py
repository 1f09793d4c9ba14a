from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.enums import FlagKind
from cases.mails.base import CaseParams, made_up
from cases.models import CaseFlag
from common.first_names import first_name
from mail.kinds import MailKind, Text
from mail.meanings import COMPANY, CUSTOMER_NAME, STAFF_NAME
from mail.models import Email
from mail.words import link


@dataclass(frozen=True, kw_only=True)
class CaseFlaggedParams(CaseParams):
    staff_name: str
    flag: FlagKind
    named: str = ""
    by_name: str

    def words(self) -> dict[str, str]:
        return super().words() | {
            "first_name": first_name(self.staff_name),
            "staff_name": self.staff_name,
            "flag": str(self.flag.label),
            "named": self.named or pgettext("flag", "not stated"),
            "by_name": self.by_name,
            "what_it_does": _what_it_does(self.flag),
            "case_link": link(f"{settings.BASE_URL}/cases/{self.case_number}/"),
        }

    def why_sent(self) -> str:
        return pgettext("why a mail is sent", "We’re writing to you because you supervise cases.")


def _what_it_does(flag: FlagKind) -> str:
    if flag == FlagKind.ATTORNEY:
        return pgettext(
            "flag",
            "From now on, contact goes through the attorney, and nothing in the case is deleted.",
        )
    return pgettext("flag", "From now on, nothing in the case is deleted.")


def _is_in_force(mail: Email, now: datetime) -> bool:
    return CaseFlag.objects.in_force().filter(mails=mail.pk).exists()


CASE_FLAGGED = MailKind(
    key="case_flagged",
    label=_("Case flagged"),
    params=CaseFlaggedParams,
    placeholders={
        **STAFF_NAME,
        "case_number": _("the case number, in groups to read aloud"),
        **CUSTOMER_NAME,
        "flag": _("the flag: attorney, law cited or legal hold"),
        "named": _("the attorney or the law"),
        "by_name": _("who added the flag"),
        "what_it_does": _("what the flag changes, as a sentence"),
        "case_link": _("the link to the case for staff"),
        **COMPANY,
    },
    in_subject=("case_number",),
    in_body=("case_number", "flag", "case_link"),
    kept="case_number",
    is_still_true=_is_in_force,
    sample=lambda now: CaseFlaggedParams(
        **made_up(now),
        staff_name="Sofía Ramírez",
        flag=FlagKind.ATTORNEY,
        named="Marta Ruiz, Ruiz & Vega",
        by_name="Ana Torres",
    ),
    texts={
        Language.ENGLISH: Text(
            "{flag} in case {case_number}",
            """\
Hello {first_name},

{by_name} added a flag to this case:

Case number: {case_number}
Customer: {customer_name}
Flag: {flag}
Attorney or law: {named}

{what_it_does} Only a supervisor can remove the flag.

Open the case:
{case_link}

{company}""",
            headline="{flag}",
        ),
        Language.SPANISH: Text(
            "{flag} en el caso {case_number}",
            """\
Hola, {first_name}:

{by_name} marcó este caso:

Número de caso: {case_number}
Cliente: {customer_name}
Marca: {flag}
Abogado/a o ley: {named}

{what_it_does} Solo el equipo de supervisión puede quitar la marca.

Abrir el caso:
{case_link}

{company}""",
            headline="{flag}",
        ),
    },
)
