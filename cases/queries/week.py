"""A week of cases in figures, and how things stand, for the supervisors' report."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.enums import Language
from accounts.models import User
from cases.enums import CaseStatus, EmailState, Event, InboundState
from cases.models import Case, Email, Entry, FollowUp, InboundMail
from cases.queries.queue import view
from common.company_day import business_day, company_zone
from leases.models import Lease


def week(monday: date, *, user: User, now: datetime) -> dict[str, Any]:
    """The seven days from `monday`, on the company's clock, as far as `user` may see cases."""
    cases = Case.objects.visible_to(user)
    start, end = _midnight(monday), _midnight(monday + timedelta(days=7))
    resolved = Entry.objects.visible_to(user).filter(
        event=Event.STATUS_CHANGED, params__to_status=CaseStatus.RESOLVED.value
    )
    return {
        "since": monday.isoformat(),
        "until": (monday + timedelta(days=6)).isoformat(),
        "opened": cases.filter(opened_at__gte=start, opened_at__lt=end).count(),
        # One case may be resolved, taken up again and resolved once more.
        "resolved": resolved.filter(at__gte=start, at__lt=end).values("case").distinct().count(),
        "open": cases.active().count(),
        "overdue": cases.overdue(business_day(now)).count(),
        "escalated": view("escalated", user=user, today=business_day(now)).count(),
        "oldest_es": longest_waiting(user, Language.SPANISH),
        "oldest_en": longest_waiting(user, Language.ENGLISH),
        "follow_ups": FollowUp.objects.visible_to(user).pending().count(),
        "uncertain": Email.objects.filter(
            state=EmailState.UNCERTAIN, settlement="", is_secret=False
        ).count(),
        "parked": InboundMail.objects.filter(state=InboundState.PARKED).count(),
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=company_zone())


def longest_waiting(user: User, language: Language) -> dict[str, str] | None:
    """The customer of this language who has waited longest for a word of ours."""
    waiting = Case.objects.visible_to(user).filter(customer_wrote_at__isnull=False)
    # Asked of each case in turn: joined, all who wait would be put in order for the first one.
    speaks = Lease.objects.filter(pk=OuterRef("lease")).values("customer__language")
    spoken = waiting.alias(speaks=Subquery(speaks)).filter(speaks=language)
    case = spoken.order_by("customer_wrote_at", "pk").first()
    if case is None or case.customer_wrote_at is None:
        return None
    return {"number": case.number, "since": business_day(case.customer_wrote_at).isoformat()}
