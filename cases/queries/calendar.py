"""What is planned in a week, by day, and what went out or was done in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import User
from cases.enums import Channel
from cases.models import Email, FollowUp
from cases.models.follow_up import FollowUpQuerySet
from cases.queries.follow_ups import mails_of
from leases.queries.ledger import business_day

#: More than anybody reads on one page.
MOST = 200


class Done(NamedTuple):
    """Called, or sent: `mail` says how far it came."""

    follow_up: FollowUp
    mail: Email | None


class Day(NamedTuple):
    on: date
    items: list[FollowUp]
    done: list[Done]


class Week(NamedTuple):
    monday: date
    days: list[Day]
    late: list[FollowUp]  # calls of earlier weeks that nobody has made
    has_more: bool


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(user: User, day: date, *, mine: bool, today: date) -> Week:
    """Days are those of the customers' calendars. The current week has what is late, too."""
    monday = monday_of(day)
    # A day lies within two of UTC: for the index.
    begins, ends = _midnight(monday - timedelta(days=2)), _midnight(monday + timedelta(days=9))
    planned = _planned(user, mine).filter(on__lt=monday + timedelta(days=7), send_at__lt=ends)
    if monday != monday_of(today):
        planned = planned.filter(on__gte=monday, send_at__gte=begins)
    found = _first(planned.order_by("send_at", "pk"))
    was_done = _of(user, mine).filter(done_at__gte=begins, done_at__lt=ends)
    done = _first(was_done.order_by("done_at", "pk"))
    mails = mails_of(done)
    shown = found[:MOST]
    days = [monday + timedelta(days=ahead) for ahead in range(7)]
    return Week(
        monday,
        [
            Day(
                on,
                [each for each in shown if each.on == on],
                [Done(each, mails.get(each.pk)) for each in done[:MOST] if _done_on(each) == on],
            )
            for on in days
        ],
        [each for each in shown if each.on < monday],
        max(len(found), len(done)) > MOST,
    )


def next_planned(user: User, after: date, *, mine: bool) -> date | None:
    """The first day after this one for which something is planned."""
    later = _planned(user, mine).filter(on__gt=after, send_at__gt=_midnight(after))
    return later.order_by("on").values_list("on", flat=True).first()


def calls_due(user: User, now: datetime) -> FollowUpQuerySet:
    """For today, or from days before."""
    today = business_day(now)
    return _planned(user, mine=True).filter(
        channel=Channel.PHONE, on__lte=today, send_at__lt=_midnight(today + timedelta(days=2))
    )


def _planned(user: User, mine: bool) -> FollowUpQuerySet:
    return _of(user, mine).pending()


def _of(user: User, mine: bool) -> FollowUpQuerySet:
    """`mine`: planned by this person, or of a case of theirs, or of nobody who still works here."""
    found = FollowUp.objects.visible_to(user)
    if not mine:
        return found
    unassigned = Q(case__assignee=None) | Q(case__assignee__is_active=False)
    return found.filter(Q(by=user) | Q(case__assignee=user) | (Q(by__is_active=False) & unassigned))


def _first(rows: FollowUpQuerySet) -> list[FollowUp]:
    """One more than is shown: whether there are more."""
    return list(rows.select_related("case__lease__customer", "by")[: MOST + 1])


def _done_on(follow_up: FollowUp) -> date | None:
    zone = ZoneInfo(follow_up.case.lease.customer.time_zone)
    return follow_up.done_at and follow_up.done_at.astimezone(zone).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
