from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.mails.base import number_word
from cases.queries.week import Unanswered, WeekFigures
from common.company_day import business_day
from common.formats import day
from mail.kinds import MailKind, MailParams, Text
from mail.meanings import COMPANY, STAFF_NAME
from mail.words import Word, link

_COUNTS = (
    "opened", "resolved", "open", "overdue", "escalated", "follow_ups", "uncertain", "parked",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class WeeklyReportParams(MailParams):
    staff_name: str
    week: WeekFigures

    def words(self) -> dict[str, str]:
        return {name: str(getattr(self.week, name)) for name in _COUNTS} | {
            "staff_name": self.staff_name,
            "since": day(self.week.since),
            "until": day(self.week.until),
            "oldest_es": _oldest(self.week.oldest_es),
            "oldest_en": _oldest(self.week.oldest_en),
            "queue_link": link(f"{settings.BASE_URL}/cases/"),
        }


def _oldest(found: Unanswered | None) -> str:
    if found is None:
        return pgettext("unanswered case", "none")
    words = pgettext("unanswered case", "case %(number)s, since %(day)s")
    number, since = number_word(found.number), day(found.since)
    return Word(
        words % {"number": number, "day": since}, words % {"number": number.html, "day": since}
    )


def _sample(now: datetime) -> WeeklyReportParams:
    """The last full week, Monday to Sunday."""
    today = business_day(now)
    monday = today - timedelta(days=today.weekday() + 7)
    return WeeklyReportParams(
        staff_name="Sofía Ramírez",
        week=WeekFigures(
            since=monday,
            until=monday + timedelta(days=6),
            opened=41,
            resolved=37,
            open=112,
            overdue=6,
            escalated=3,
            follow_ups=18,
            uncertain=1,
            parked=4,
            oldest_es=Unanswered(number="260001233", since=today - timedelta(days=4)),
            oldest_en=None,
        ),
    )


WEEKLY_REPORT = MailKind(
    key="weekly_report",
    label=_("Weekly report"),
    params=WeeklyReportParams,
    placeholders={
        **STAFF_NAME,
        "since": _("the first day of the period"),
        "until": _("the last day of the period"),
        "opened": _("how many cases were opened"),
        "resolved": _("how many cases were resolved"),
        "open": _("how many cases are open"),
        "overdue": _("how many cases are overdue"),
        "escalated": _("how many cases are escalated"),
        "oldest_es": _("the case that has waited longest for an answer in Spanish"),
        "oldest_en": _("the case that has waited longest for an answer in English"),
        "follow_ups": _("how many follow-ups are planned"),
        "uncertain": _("how many e-mails may or may not have arrived"),
        "parked": _("how many incoming e-mails wait for somebody"),
        "queue_link": _("the address of the queue"),
        **COMPANY,
    },
    in_subject=("since", "until"),
    in_body=("opened", "resolved", "open", "overdue", "escalated", "oldest_es", "oldest_en"),
    for_supervisors=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Cases in the week from {since} to {until}",
            """\
Hello, {staff_name}:

Cases opened in the week: {opened}
Cases resolved in the week: {resolved}

How it stands now:
Open cases: {open}
Overdue: {overdue}
Escalated: {escalated}
Oldest unanswered in Spanish: {oldest_es}
Oldest unanswered in English: {oldest_en}
Follow-ups planned: {follow_ups}
Uncertain e-mails to decide about: {uncertain}
Incoming e-mails waiting for somebody: {parked}

The queue:
{queue_link}

{company}""",
        ),
        Language.SPANISH: Text(
            "Los casos de la semana del {since} al {until}",
            """\
Hola, {staff_name}:

Casos abiertos en la semana: {opened}
Casos resueltos en la semana: {resolved}

Así estamos ahora:
Casos pendientes: {open}
Vencidos: {overdue}
Elevados: {escalated}
El más antiguo sin respuesta en español: {oldest_es}
El más antiguo sin respuesta en inglés: {oldest_en}
Seguimientos programados: {follow_ups}
Correos inciertos por decidir: {uncertain}
Correos recibidos que esperan a alguien: {parked}

La cola:
{queue_link}

{company}""",
        ),
    },
)
