from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.enums import Language
from cases.enums import OutsideBody
from cases.mails.base import CaseParams, made_up
from cases.models import OutsideDeadline
from common.company_day import business_day
from common.first_names import first_name
from common.formats import day
from mail.kinds import MailKind, Text
from mail.meanings import COMPANY, CUSTOMER_NAME, STAFF_NAME
from mail.models import Email
from mail.words import Tone, link, turn


@dataclass(frozen=True, kw_only=True)
class Asked:
    body: OutsideBody
    reference: str
    received_on: date
    due_on: date
    days_left: int


@dataclass(frozen=True, kw_only=True)
class OutsideDeadlineParams(CaseParams):
    staff_name: str
    outside: Asked

    def words(self) -> dict[str, str]:
        outside = self.outside
        return super().words() | {
            "first_name": first_name(self.staff_name),
            "staff_name": self.staff_name,
            "outside_body": str(outside.body.label),
            "reference": outside.reference or pgettext("reference", "none"),
            "received_day": day(outside.received_on),
            "answer_day": turn(
                day(outside.due_on), Tone.BAD if outside.days_left < 0 else Tone.WARN
            ),
            "time_left": _time_left(outside.days_left),
            "case_link": link(f"{settings.BASE_URL}/cases/{self.case_number}/"),
        }

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent", "We’re writing to you because you handle or supervise this case."
        )


def _time_left(days: int) -> str:
    if days < 0:
        return _("The deadline has passed.")
    if days == 0:
        return _("Today is the last day.")
    words = ngettext("%(days)d day left.", "%(days)d days left.", days)
    return words % {"days": days}


def _is_open(mail: Email, now: datetime) -> bool:
    return OutsideDeadline.objects.open().filter(mails=mail.pk).exists()


def _sample(now: datetime) -> OutsideDeadlineParams:
    today = business_day(now)
    return OutsideDeadlineParams(
        **made_up(now),
        staff_name="Sofía Ramírez",
        outside=Asked(
            body=OutsideBody.CFPB,
            reference="241118-0042",
            received_on=today - timedelta(days=12),
            due_on=today + timedelta(days=3),
            days_left=3,
        ),
    )


OUTSIDE_DEADLINE = MailKind(
    key="outside_deadline",
    label=gettext_lazy("Outside deadline"),
    params=OutsideDeadlineParams,
    placeholders={
        **STAFF_NAME,
        "case_number": gettext_lazy("the case number, in groups to read aloud"),
        **CUSTOMER_NAME,
        "outside_body": gettext_lazy("the outside agency that expects our response"),
        "reference": gettext_lazy("their reference"),
        "received_day": gettext_lazy("the date it was sent to us"),
        "answer_day": gettext_lazy("the last day to respond"),
        "time_left": gettext_lazy("how many days are left, as a sentence"),
        "case_link": gettext_lazy("the link to the case for staff"),
        **COMPANY,
    },
    in_subject=("case_number",),
    in_body=("case_number", "outside_body", "answer_day", "case_link"),
    kept="case_number",
    is_still_true=_is_open,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "{outside_body}: respond by {answer_day}, case {case_number}",
            """\
Hello {first_name},

{time_left} An outside agency expects our response in this case:

Case number: {case_number}
Customer: {customer_name}
Who’s asking: {outside_body}
Their reference: {reference}
Sent to us on: {received_day}
Respond by: {answer_day}

This deadline never pauses, no matter who acts next. Once we’ve responded, enter the date in the \
case. Then these warnings stop.

Open the case:
{case_link}

{company}""",
            headline="{outside_body}: respond by {answer_day}",
        ),
        Language.SPANISH: Text(
            "{outside_body}: responder a más tardar el {answer_day}, caso {case_number}",
            """\
Hola, {first_name}:

{time_left} En este caso, una entidad externa espera nuestra respuesta:

Número de caso: {case_number}
Cliente: {customer_name}
Quién la pide: {outside_body}
Referencia externa: {reference}
Nos la enviaron el: {received_day}
Responder a más tardar el: {answer_day}

Este plazo nunca se detiene, sin importar a quién le toque actuar. Cuando salga la respuesta, \
anote la fecha en el caso. Así terminan estos avisos.

Abrir el caso:
{case_link}

{company}""",
            headline="{outside_body}: responder a más tardar el {answer_day}",
        ),
    },
)
