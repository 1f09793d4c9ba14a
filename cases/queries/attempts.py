"""How often someone was tried to be reached, over all of their cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import User
from cases.attempts import Attempted, Count, Limit, count
from cases.enums import AttemptResult
from cases.models import Case, ContactAttempt
from common.pages import Page, page

SHOWN = 8


def limit() -> Limit:
    return Limit(settings.CONTACT_MOST_CALLS, settings.CONTACT_CALL_DAYS)


def counts_of(cases: Iterable[Case], *, now: datetime) -> dict[int, Count]:
    """By the case's id, of its customer; without a lease, of the case alone. One query for any
    number of cases, which come with their leases.
    """
    people = {case.pk: case.lease.customer_id if case.lease else None for case in cases}
    of, alone = limit(), [case for case, person in people.items() if person is None]
    recent = ContactAttempt.objects.filter(at__gt=now - timedelta(days=of.days)).order_by()
    theirs = recent.filter(case__lease__customer__in={each for each in people.values() if each})
    rows = theirs.union(recent.filter(case__in=alone, case__lease=None), all=True)
    made: dict[tuple[int | None, int | None], list[Attempted]] = defaultdict(list)
    for person, case, result, at in rows.values_list(
        "case__lease__customer", "case", "result", "at"
    ):
        whose = (person, None) if person else (None, case)
        made[whose].append(Attempted(AttemptResult(result), at))
    return {
        case: count(made[(person, None) if person else (None, case)], of, now)
        for case, person in people.items()
    }


def count_of(case: Case, *, now: datetime) -> Count:
    return counts_of([case], now=now)[case.pk]


def latest(*, user: User, after: str = "") -> Page[ContactAttempt]:
    """Everyone's, newest first."""
    rows = ContactAttempt.objects.visible_to(user)
    rows = rows.select_related("case__lease__customer", "case__contact", "by")
    return page(rows, order=("-at", "-id"), after=after)
