"""The queue: escalated first, then what is due first."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from cases import lifecycle
from cases.models import Case
from common.pages import Page, page

#: A larger count is shown as "1000+": counting further would read every row.
COUNT_CAP = 1000
VIEWS = ("active", "mine", "unanswered", "escalated", "flagged", "unassigned", "overdue", "done")


def view(name: str, *, user: User, today: date) -> QuerySet[Case]:
    """The cases of one of VIEWS that this person may see."""
    cases = Case.objects.visible_to(user)
    if name == "done":
        return cases.exclude(status__in=sorted(lifecycle.ACTIVE))
    active = cases.active()
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
            return cases.overdue(today)
    return active


def queue_page(cases: QuerySet[Case], *, name: str, after: str) -> Page[Case]:
    cases = cases.with_parties()  # type: ignore[attr-defined]
    if name == "done":
        return page(cases, order=("-changed_at", "-id"), after=after)
    return page(cases, order=("rank", "due_on", "id"), after=after, grouped=True)


def capped_count(cases: QuerySet[Case]) -> str:
    counted = cases.order_by()[: COUNT_CAP + 1].count()
    return f"{COUNT_CAP}+" if counted > COUNT_CAP else str(counted)
