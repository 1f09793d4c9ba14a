"""What the clock tells our own people: outside deadlines, and the week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from cases import outside
from cases.enums import OutsideBody
from cases.mails.base import case_facts
from cases.mails.outside_deadline import OUTSIDE_DEADLINE, Asked, OutsideDeadlineParams
from cases.mails.staff import staff_mail
from cases.mails.weekly_report import WEEKLY_REPORT, WeeklyReportParams
from cases.models import DeadlineMail, OutsideDeadline
from cases.queries.week import week_figures
from common.company_day import business_day, company_zone
from mail.models import Email
from mail.outbound.enqueue import NewMail, enqueue_all

#: An unanswered deadline is mentioned again on its day, or as soon afterwards as the clock runs.
LATE = timedelta(days=7)
#: Wednesday: a report that couldn't go out on Monday still helps.
LAST_WEEKDAY = 2


def _has_begun(now: datetime) -> bool:
    """Our own working day, too, begins in the morning."""
    local = now.astimezone(company_zone())
    return bool(local.time() >= settings.CONTACT_FROM)


def _supervisors() -> list[User]:
    return list(User.objects.filter(is_active=True, role=Role.SUPERVISOR).order_by("pk"))


@transaction.atomic
def warn_of_outside_deadlines(*, now: datetime) -> int:
    """Warns assignee and supervisors, days ahead and on the last day, each once and in their
    language.
    """
    if not _has_begun(now):
        return 0
    today = business_day(now)
    near = OutsideDeadline.objects.open().filter(
        due_on__gte=today - LATE, due_on__lte=today + timedelta(days=outside.WARN_AHEAD)
    )
    supervisors = _supervisors()
    warnings = {
        key: (person, deadline)
        for deadline in near.select_related(
            "case__assignee", "case__lease__customer", "case__contact"
        )
        for key, person in _to_warn(deadline, supervisors, today).items()
    }
    untold = warnings.keys() - _told(warnings)
    mails = (
        _warning(*warning, key=key, today=today)
        for key, warning in warnings.items()
        if key in untold
    )
    return enqueue_all(mails, now=now)


def _to_warn(deadline: OutsideDeadline, supervisors: list[User], today: date) -> dict[str, User]:
    """The recipients, by the key of the mail."""
    step = "ahead" if deadline.due_on > today else "last"
    assignee = deadline.case.assignee
    people = [*supervisors, *([assignee] if assignee and assignee.is_active else [])]
    return {f"outside_deadline:{deadline.pk}:{step}:{person.pk}": person for person in people}


def _warning(person: User, deadline: OutsideDeadline, *, key: str, today: date) -> NewMail:
    said = OutsideDeadlineParams(
        **case_facts(deadline.case),
        staff_name=person.name,
        outside=Asked(
            body=OutsideBody(deadline.body),
            reference=deadline.reference,
            received_on=deadline.received_on,
            due_on=deadline.due_on,
            days_left=(deadline.due_on - today).days,
        ),
    )
    links = [DeadlineMail(deadline=deadline)]
    return staff_mail(OUTSIDE_DEADLINE, said, person, key=key, links=links)


@transaction.atomic
def send_weekly_reports(*, now: datetime) -> int:
    """The week that ended on Sunday, sent on Monday morning to every supervisor once."""
    today = business_day(now)
    if today.weekday() > LAST_WEEKDAY or not _has_begun(now):
        return 0
    monday = today - timedelta(days=today.weekday())
    untold = _without(_supervisors(), f"weekly_report:{monday}")
    if not untold:
        return 0
    # Supervisors see the same, so it's computed once for all of them.
    report = week_figures(monday - timedelta(days=7), user=untold[0][0], now=now)
    mails = (
        staff_mail(
            WEEKLY_REPORT, WeeklyReportParams(staff_name=person.name, week=report), person, key=key
        )
        for person, key in untold
    )
    return enqueue_all(mails, now=now)


def _without(people: Iterable[User], event: str) -> list[tuple[User, str]]:
    """Those who have no mail of this event yet; computing a week again would be useless."""
    keys = {f"{event}:{person.pk}": person for person in people}
    told = _told(keys)
    return [(person, key) for key, person in keys.items() if key not in told]


def _told(keys: Iterable[str]) -> set[str]:
    return set(Email.objects.filter(key__in=list(keys)).values_list("key", flat=True))
