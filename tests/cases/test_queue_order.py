"""The queue's order over all its pages: escalated first, then what is due first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.enums import CaseStatus
from cases.models import Case
from cases.queries.queue import view
from common.pages import page

ORDER = ("rank", "due_on", "id")


def read_through(cases: QuerySet[Case], order: tuple[str, ...]) -> list[int]:
    seen: list[int] = []
    after = ""
    while True:
        found = page(cases, order=order, after=after, size=3, grouped=True)
        seen += [case.pk for case in found.rows]
        after = found.next
        if not after:
            return seen


def test_pages_lead_from_the_escalated_cases_to_the_others(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    today = now.date()
    cases = [open_case(due_on=today + timedelta(days=place % 4)) for place in range(9)]
    rising, falling = ORDER, tuple(f"-{each}" for each in ORDER)
    for case in [None, *cases]:  # none escalated, one, two …, all
        if case:
            Case.objects.filter(pk=case.pk).update(status=CaseStatus.ESCALATED)
        expected = list(Case.objects.order_by(*ORDER).values_list("pk", flat=True))
        for name in ("active", "mine"):
            assert read_through(view(name, user=ana, today=today), rising) == expected
        assert read_through(Case.objects.all(), falling) == expected[::-1]
    assert read_through(view("escalated", user=ana, today=today), rising) == expected


def test_only_a_page_over_the_edge_asks_twice(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    for _ in range(10):
        open_case()
    Case.objects.filter(pk__in=Case.objects.order_by("pk")[:4]).update(status="escalated")
    cases, asked, after = view("active", user=ana, today=now.date()), [], ""
    for _ in range(5):
        with CaptureQueriesContext(connection) as queries:
            found = page(cases, order=ORDER, after=after, size=2, grouped=True)
        asked.append(len(queries))
        after = found.next
    assert asked == [1, 2, 2, 1, 2]  # the last one also checks whether more follows
    assert after == ""
