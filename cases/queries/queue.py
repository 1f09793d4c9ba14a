"""The queue: escalated first, then what is due first."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from cases import lifecycle
from cases.enums import CaseStatus
from cases.models import Case
from leases.queries.pages import Page, page

#: A count past this is shown as "1000+": counting on would read every row.
COUNT_CAP = 1000
VIEWS = ("active", "mine", "unanswered", "escalated", "unassigned", "overdue", "done")


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
            return active.filter(status=CaseStatus.ESCALATED, rank=0)  # rank: the queue's index
        case "unassigned":
            return active.filter(assignee=None)
        case "overdue":
            return cases.overdue(today)
    return active


def listed(cases: QuerySet[Case], *, name: str, after: str) -> Page[Case]:
    order = ("-changed_at", "-id") if name == "done" else ("rank", "due_on", "id")
    return page(cases.with_parties(), order=order, after=after)  # type: ignore[attr-defined]


def capped_count(cases: QuerySet[Case]) -> str:
    counted = cases.order_by()[: COUNT_CAP + 1].count()
    return f"{COUNT_CAP}+" if counted > COUNT_CAP else str(counted)
