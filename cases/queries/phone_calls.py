"""The log of phone calls, each with what was logged of it and whose number it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from common.pages import Page, page
from leases.models import Customer
from telephone.enums import CallState
from telephone.models import PhoneCall
from telephone.queries.call_log import calls_to_return, logged_calls

MOST_NAMED = 90  # three for each row, if a household shares a phone


@dataclass(frozen=True)
class LoggedCall:
    call: PhoneCall
    state: CallState
    people: list[Customer]


@dataclass(frozen=True)
class PhoneCallPage:
    page: Page[PhoneCall]
    rows: list[LoggedCall]


def phone_call_page(
    user: User, *, view: str, number: str, after: str, now: datetime
) -> PhoneCallPage:
    """Two queries. `view`: callback, missed, mine or all; those to call back oldest first."""
    if view == "callback":
        calls, order = calls_to_return(user, now=now), ("rang_at", "id")
    else:
        calls = logged_calls(user, view=view, number=number, now=now)
        order = ("-rang_at", "-id")
    found = page(calls.select_related("agent", "call_draft__case"), order=order, after=after)
    people = _people(found.rows, user)
    return PhoneCallPage(
        found,
        [LoggedCall(each, each.state(now), people.get(each.number, [])) for each in found.rows],
    )


def _people(calls: list[PhoneCall], user: User) -> dict[str, list[Customer]]:
    numbers = {call.number for call in calls if call.number}
    found: dict[str, list[Customer]] = {}
    named = Customer.objects.visible_to(user).filter(phone__in=numbers)
    for each in named.order_by("name_sort", "pk")[:MOST_NAMED]:
        found.setdefault(each.phone, []).append(each)
    return found
