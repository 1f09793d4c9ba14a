"""The queue: escalated first, then what is due first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from cases import lifecycle
from cases.enums import CaseStatus
from cases.models import Case, OutsideDeadline
from cases.queries.queue_marks import with_marks
from common.pages import Page, page

#: A larger count is shown as "1000+": counting further would read every row.
COUNT_CAP = 1000
VIEWS = (
    "active", "mine", "unanswered", "escalated", "flagged", "unassigned", "overdue", "snoozed",
    "done",
)  # fmt: skip
#: What a view can be narrowed by.
DUE = ("late", "today", "week", "outside")
NARROWED_BY = ("due", "language", "status", "kind", "assignee", "tag")
#: Named, so that the index that begins with it leads to a day.
RANKS = (0, 1)


def view(name: str, *, user: User, today: date) -> QuerySet[Case]:
    """The cases of one of VIEWS that this person may see. What is snoozed has a view of its own."""
    cases = Case.objects.visible_to(user)
    if name == "done":
        return cases.exclude(status__in=sorted(lifecycle.ACTIVE))
    if name == "snoozed":
        return cases.active().snoozed()
    active = cases.active().awake()
    match name:
        case "mine":
            return active.filter(assignee=user)
        case "unanswered":
            return active.filter(customer_wrote_at__isnull=False)
        case "escalated":
            # repeated as a status, it would seem much rarer to the planner
            return active.filter(rank=0)
        case "flagged":
            return active.filter(is_flagged=True)
        case "unassigned":
            return active.filter(assignee=None)
        case "overdue":
            return active.overdue(today)
    return active


def narrowed(
    cases: QuerySet[Case], kept: Mapping[str, str | int], *, today: date
) -> QuerySet[Case]:
    """By some of NARROWED_BY. An assignee no one may see has no cases, nor has
    a tag that isn't there."""
    for name, value in kept.items():
        if name == "tag":
            cases = cases.tagged(int(value))  # type: ignore[attr-defined]
        else:
            cases = cases.filter(_condition(name, value, today))
    return cases


def _condition(name: str, value: str | int, today: date) -> Q:
    if name == "due":
        return _due(str(value), today)
    if name == "status" and value == CaseStatus.ESCALATED:
        return Q(rank=0)
    return Q(**{name: value})


def _due(when: str, today: date) -> Q:
    if when == "outside":
        return Q(pk__in=OutsideDeadline.objects.open().order_by().values("case"))
    sunday = today + timedelta(days=6 - today.weekday())
    days = {
        "late": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__gte=today, due_on__lte=sunday),
    }
    return Q(days[when], rank__in=RANKS)


def queue_page(cases: QuerySet[Case], *, name: str, after: str) -> Page[Case]:
    """With everything a row says but the name of its kind. One query, over an edge two."""
    rows = with_marks(cases.select_related("lease__customer", "contact", "assignee"))
    if name == "snoozed":
        return page(rows, order=("snoozed_until", "id"), after=after)
    if name == "done":
        return page(rows, order=("-changed_at", "-id"), after=after)
    return page(rows, order=("rank", "due_on", "id"), after=after, grouped=True)


def capped_count(cases: QuerySet[Case]) -> str:
    counted = cases.order_by()[: COUNT_CAP + 1].count()
    return f"{COUNT_CAP}+" if counted > COUNT_CAP else str(counted)
