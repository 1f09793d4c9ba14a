"""A week of cases in figures, and how things stand, for the supervisors' report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Subquery

from accounts.enums import Language
from accounts.models import User
from cases.enums import CaseStatus, Event, InboundState
from cases.models import Case, Entry, FollowUp, InboundMail
from cases.queries.queue import view
from common.company_day import business_day, company_zone
from leases.models import Lease
from mail.enums import EmailState
from mail.models import Email


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """The case that has waited longest for our answer."""

    number: str
    since: date


@dataclass(frozen=True, kw_only=True)
class WeekFigures:
    since: date
    until: date
    opened: int
    resolved: int
    # as things stand now
    open: int
    overdue: int
    escalated: int
    oldest_es: Unanswered | None
    oldest_en: Unanswered | None
    follow_ups: int
    uncertain: int
    parked: int


def week_figures(monday: date, *, user: User, now: datetime) -> WeekFigures:
    """The seven days from `monday`, by the company's clock, for the cases `user` may see."""
    cases = Case.objects.visible_to(user)
    start, end = _midnight(monday), _midnight(monday + timedelta(days=7))
    resolved = Entry.objects.visible_to(user).filter(
        event=Event.STATUS_CHANGED, params__to_status=CaseStatus.RESOLVED.value
    )
    return WeekFigures(
        since=monday,
        until=monday + timedelta(days=6),
        opened=cases.filter(opened_at__gte=start, opened_at__lt=end).count(),
        # One case may be resolved, reopened and resolved again.
        resolved=resolved.filter(at__gte=start, at__lt=end).values("case").distinct().count(),
        open=cases.active().count(),
        overdue=cases.overdue(business_day(now)).count(),
        escalated=view("escalated", user=user, today=business_day(now)).count(),
        oldest_es=longest_waiting(user, Language.SPANISH),
        oldest_en=longest_waiting(user, Language.ENGLISH),
        follow_ups=FollowUp.objects.visible_to(user).pending().count(),
        uncertain=Email.objects.filter(
            state=EmailState.UNCERTAIN, settlement="", is_secret=False
        ).count(),
        parked=InboundMail.objects.filter(state=InboundState.PARKED).count(),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=company_zone())


def longest_waiting(user: User, language: Language) -> Unanswered | None:
    """The customer of this language who has waited longest for our answer."""
    waiting = Case.objects.visible_to(user).filter(customer_wrote_at__isnull=False)
    # Checked for each case in turn: joined, all who wait would be sorted just for the first one.
    speaks = Lease.objects.filter(pk=OuterRef("lease")).values("customer__language")
    spoken = waiting.alias(speaks=Subquery(speaks)).filter(speaks=language)
    case = spoken.order_by("customer_wrote_at", "pk").first()
    if case is None or case.customer_wrote_at is None:
        return None
    return Unanswered(number=case.number, since=business_day(case.customer_wrote_at))
