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
from common.first_names import first_name
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
            "first_name": first_name(self.staff_name),
            "staff_name": self.staff_name,
            "since": day(self.week.since),
            "until": day(self.week.until),
            "oldest_es": _oldest(self.week.oldest_es),
            "oldest_en": _oldest(self.week.oldest_en),
            "queue_link": link(f"{settings.BASE_URL}/cases/"),
        }

    def why_sent(self) -> str:
        return pgettext("why a mail is sent", "We’re writing to you because you supervise cases.")


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
        "uncertain": _("how many sent emails might not have arrived"),
        "parked": _("how many unmatched emails there are"),
        "queue_link": _("the link to the queue"),
        **COMPANY,
    },
    in_subject=("since", "until"),
    in_body=("opened", "resolved", "open", "overdue", "escalated", "oldest_es", "oldest_en"),
    for_supervisors=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Weekly report: {since} to {until}",
            """\
Hello {first_name},

Here’s how the week went:
Cases opened: {opened}
Cases resolved: {resolved}

Here’s where things stand now:
Open cases: {open}
Overdue cases: {overdue}
Escalated cases: {escalated}
Longest wait for an answer in Spanish: {oldest_es}
Longest wait for an answer in English: {oldest_en}
Follow-ups planned: {follow_ups}
Emails that might not have arrived, to check: {uncertain}
Unmatched emails: {parked}

See the queue:
{queue_link}

{company}""",
        ),
        Language.SPANISH: Text(
            "Los casos de la semana del {since} al {until}",
            """\
Hola, {first_name}:

Así fue la semana:
Casos abiertos esa semana: {opened}
Casos resueltos esa semana: {resolved}

Así estamos ahora:
Casos abiertos en total: {open}
Casos vencidos: {overdue}
Casos escalados: {escalated}
La espera más larga en español: {oldest_es}
La espera más larga en inglés: {oldest_en}
Seguimientos programados: {follow_ups}
Correos que quizá no llegaron, por revisar: {uncertain}
Correos sin caso: {parked}

Ver la cola:
{queue_link}

{company}""",
        ),
    },
)
