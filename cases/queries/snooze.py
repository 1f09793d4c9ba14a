"""Until when a case can be snoozed: no longer than anyone outside was given a day for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db.models import Min

from cases.enums import Party
from cases.models import Case, OutsideDeadline, Promise
from common.company_day import company_zone


class Bound(StrEnum):
    STEP = "step"  # the case's own next step, whose day the customer reads
    PROMISE = "promise"  # of ours or the store's
    OUTSIDE = "outside"


class SnoozeLimit(NamedTuple):
    on: date
    bound: Bound


def snooze_limit(case: Case) -> SnoozeLimit:
    """The first day of all that are set; on the same day, the one outside counts most."""
    promises = Promise.objects.open().filter(case=case).exclude(party=Party.CUSTOMER)
    outside = OutsideDeadline.objects.open().filter(case=case)
    found = {
        Bound.OUTSIDE: outside.aggregate(on=Min("due_on"))["on"],
        Bound.PROMISE: promises.aggregate(on=Min("due_on"))["on"],
        Bound.STEP: case.due_on,
    }
    limits = [SnoozeLimit(on, bound) for bound, on in found.items() if on]
    return min(limits, key=lambda each: each.on)


def morning_of(day: date) -> datetime:
    """When a case of that day comes back: as our own day begins."""
    return datetime.combine(day, settings.CONTACT_FROM, company_zone()).astimezone(UTC)
