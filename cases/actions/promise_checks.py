"""Whether a customer kept what they promised: we call the day after, by our rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from accounts.models import User
from cases.actions.change import add_event, cancel_follow_ups
from cases.enums import CancelReason, Channel, FollowUpRule, Party
from cases.events import FollowUpSet
from cases.follow_up_times import Planned, planned
from cases.models import Case, FollowUp, Promise
from cases.models.case import Person
from cases.queries.flags import attorney_of
from leases.queries.contact import window_of

if TYPE_CHECKING:
    from cases.actions.promises import Agreed

#: After the promised day.
DAYS = 1


def check_of(agreed: Agreed, person: Person, now: datetime) -> Planned | None:
    """When it's checked, on the customer's days; None if it isn't theirs, or they want no calls, or
    can't be called.
    """
    if agreed.party != Party.CUSTOMER or not (person.allow_calls and person.phone):
        return None
    day = agreed.due_on + timedelta(days=DAYS)
    return planned(FollowUpRule.ON_DAY, day, window_of(person), now)


def plan_check(case: Case, agreed: Agreed, *, by: User, now: datetime) -> None:
    """For the action that records the promise."""
    goes = check_of(agreed, case.person, now)
    if goes is None or attorney_of(case):  # whose client isn't called
        return
    FollowUp.objects.create(
        case=case,
        on=goes.on,
        send_at=goes.at,
        channel=Channel.PHONE,
        language=agreed.language,
        message=agreed.what,
        by=by,
        at=now,
    )
    add_event(case, FollowUpSet(on=goes.on, channel=Channel.PHONE), by=by, now=now)


def drop_check(promise: Promise, case: Case, *, by: User, now: datetime) -> None:
    """Of a promise that was kept or withdrawn. The two were made at once, with the same words; of
    several with the same words, its own: their checks were planned in the order they were made in.
    """
    if promise.party != Party.CUSTOMER:
        return
    said = {"case": case, "at": promise.at, "language": promise.language}
    alike = Promise.objects.filter(**said, what=promise.what, party=promise.party)
    checks = FollowUp.objects.filter(**said, message=promise.what, channel=Channel.PHONE)
    place = alike.filter(pk__lt=promise.pk).count()
    for check in checks.order_by("pk").values_list("pk", flat=True)[place : place + 1]:
        cancel_follow_ups(case, CancelReason.BY_HAND, by=by, now=now, pk=check)
