"""How often someone was tried to be reached, over all of their cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import User
from cases.attempts import Attempted, Count, Limit, count, result_of, with_dialed
from cases.enums import AttemptResult
from cases.models import Case, ContactAttempt
from common.pages import Page, page
from telephone.models import PhoneCall

#: Of one case, beside the buttons.
MOST_SHOWN = 3


def limit() -> Limit:
    return Limit(settings.CONTACT_MOST_CALLS, settings.CONTACT_CALL_DAYS)


def counts_of(cases: Iterable[Case], *, now: datetime) -> dict[int, Count]:
    """By the case's id, of its customer; without a lease, of the case alone. Two queries for any
    number of cases, which come with their parties; one without a telephone system.
    """
    cases, of = list(cases), limit()
    since = now - timedelta(days=of.days)
    recorded = _recorded(cases, since)
    dialed = _dialed({case.person.phone for case in cases}, since, now)
    return {
        case.pk: count(with_dialed(recorded[_whose(case)], dialed[case.person.phone]), of, now)
        for case in cases
    }


def _whose(case: Case) -> tuple[int | None, int | None]:
    return (case.lease.customer_id, None) if case.lease else (None, case.pk)


def _recorded(
    cases: list[Case], since: datetime
) -> dict[tuple[int | None, int | None], list[Attempted]]:
    people = {case.lease.customer_id for case in cases if case.lease}
    alone = [case.pk for case in cases if not case.lease]
    recent = ContactAttempt.objects.in_force().filter(at__gt=since).order_by()
    rows = recent.filter(case__lease__customer__in=people).union(
        recent.filter(case__in=alone, case__lease=None), all=True
    )
    made: dict[tuple[int | None, int | None], list[Attempted]] = defaultdict(list)
    for person, case, result, at in rows.values_list(
        "case__lease__customer", "case", "result", "at"
    ):
        made[(person, None) if person else (None, case)].append(
            Attempted(AttemptResult(result), at)
        )
    return made


def _dialed(numbers: Collection[str], since: datetime, now: datetime) -> dict[str, list[Attempted]]:
    """Calls of ours that no one answered, by their number."""
    made: dict[str, list[Attempted]] = defaultdict(list)
    if not settings.TELEPHONE_SECRETS:
        return made
    calls = PhoneCall.objects.unreached(now).filter(rang_at__gt=since)
    calls = calls.filter(number__in=set(numbers) - {""})
    for number, cause, at in calls.values_list("number", "end_cause", "rang_at"):
        made[number].append(Attempted(result_of(cause), at))
    return made


def count_of(case: Case, *, now: datetime) -> Count:
    return counts_of([case], now=now)[case.pk]


def newest_of(case: Case) -> list[ContactAttempt]:
    """What someone recorded in this case and may undo."""
    made = ContactAttempt.objects.in_force().filter(case=case, by__isnull=False)
    return list(made.select_related("by").order_by("-at")[:MOST_SHOWN])


def latest(*, user: User, after: str = "") -> Page[ContactAttempt]:
    """Everyone's, newest first, with those that were undone."""
    rows = ContactAttempt.objects.visible_to(user)
    rows = rows.select_related("case__lease__customer", "case__contact", "by", "retraction__by")
    return page(rows, order=("-at", "-id"), after=after)
