"""What is planned in a week, by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cases.enums import Channel
from cases.models import FollowUp

#: More than anybody reads on one page.
MOST = 200


class Day(NamedTuple):
    on: date
    items: list[FollowUp]


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
    planned = _planned(user, mine).filter(
        on__lt=monday + timedelta(days=7),
        # A day lies within two of UTC: for the index.
        send_at__lt=_midnight(monday + timedelta(days=9)),
    )
    if monday != monday_of(today):
        planned = planned.filter(on__gte=monday, send_at__gte=_midnight(monday - timedelta(days=2)))
    found = list(
        planned.select_related("case__lease__customer", "by").order_by("send_at", "pk")[: MOST + 1]
    )
    shown = found[:MOST]
    days = [monday + timedelta(days=ahead) for ahead in range(7)]
    return Week(
        monday,
        [Day(on, [each for each in shown if each.on == on]) for on in days],
        [each for each in shown if each.on < monday],
        len(found) > MOST,
    )


def next_planned(user: User, after: date, *, mine: bool) -> date | None:
    """The first day after this one for which something is planned."""
    later = _planned(user, mine).filter(on__gt=after, send_at__gt=_midnight(after))
    return later.order_by("on").values_list("on", flat=True).first()


def calls_due(user: User, now: datetime) -> QuerySet[FollowUp]:
    """For today, or from days before."""
    today = timezone.localdate(now)
    return _planned(user, mine=True).filter(
        channel=Channel.PHONE, on__lte=today, send_at__lt=_midnight(today + timedelta(days=2))
    )


def _planned(user: User, mine: bool) -> QuerySet[FollowUp]:
    planned = FollowUp.objects.visible_to(user).pending()
    return planned.filter(Q(by=user) | Q(case__assignee=user)) if mine else planned


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
