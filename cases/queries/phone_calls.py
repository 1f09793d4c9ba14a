"""The log of phone calls, each with what was logged of it and whose number it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from cases.models import CallDraft, Case
from cases.queries.flags import NO_FLAGS, Flags, flags_of_people
from common.pages import Page, page
from leases.models import Customer
from telephone.enums import CallState
from telephone.models import PhoneCall
from telephone.queries.call_log import calls_to_return, logged_calls

MOST_OF_CASE = 100
MOST_NAMED = 90  # three for each row, if a household shares a phone


@dataclass(frozen=True)
class LoggedCall:
    call: PhoneCall
    state: CallState
    people: list[tuple[Customer, Flags]]
    day: date  # in the reader's time zone
    logged: CallDraft | None  # what was discarded only if nothing else was


@dataclass(frozen=True)
class PhoneCallPage:
    page: Page[PhoneCall]
    rows: list[LoggedCall]


def phone_calls_of(case: Case, *, user: User) -> dict[str, PhoneCall]:
    """What the telephone told of the calls about a case, by the number of each; of the one that
    opened it, by "".
    """
    if not settings.TELEPHONE_SECRETS:
        return {}
    drafts = CallDraft.objects.visible_to(user).filter(case=case, phone_call__isnull=False)
    drafts = drafts.select_related("phone_call__agent").order_by("pk")
    return {
        "" if each.number == case.number else each.number: each.phone_call
        for each in drafts[:MOST_OF_CASE]
        if each.phone_call
    }


def phone_call_page(
    user: User, *, view: str, number: str, after: str, now: datetime
) -> PhoneCallPage:
    """Four queries. `view`: callback, missed, mine or all; those to call back oldest first."""
    if view == "callback":
        calls, order = calls_to_return(user, now=now), ("rang_at", "id")
    else:
        calls = logged_calls(user, view=view, number=number, now=now)
        order = ("-rang_at", "-id")
    calls = calls.select_related("agent").prefetch_related(Prefetch("call_drafts", _drafts(user)))
    found = page(calls, order=order, after=after)
    people = _people(found.rows, user)
    return PhoneCallPage(
        found,
        [
            LoggedCall(
                each,
                each.state(now),
                people.get(each.number, []),
                timezone.localtime(each.rang_at).date(),
                next(iter(each.call_drafts.all()), None),
            )
            for each in found.rows
        ],
    )


def _drafts(user: User) -> QuerySet[CallDraft]:
    drafts = CallDraft.objects.visible_to(user).select_related("case")
    return drafts.order_by(F("discarded_at").desc(nulls_first=True), "-pk")


def _people(calls: list[PhoneCall], user: User) -> dict[str, list[tuple[Customer, Flags]]]:
    numbers = {call.number for call in calls if call.number}
    found: dict[str, list[tuple[Customer, Flags]]] = {}
    named = Customer.objects.visible_to(user).filter(phone__in=numbers)
    people = list(named.order_by("name_sort", "pk")[:MOST_NAMED])
    flags = flags_of_people(people, user=user)
    for each in people:
        found.setdefault(each.phone, []).append((each, flags.get(each.pk, NO_FLAGS)))
    return found
