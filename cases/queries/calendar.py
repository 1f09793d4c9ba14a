"""What is planned in a week, by day, and what was sent or done in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import User
from cases.enums import Channel
from cases.models import FollowUp
from cases.models.follow_up import FollowUpQuerySet
from cases.queries.follow_ups import mails_of
from common.company_day import business_day
from mail.models import Email

#: More than anyone reads on one page.
MOST = 200


class Done(NamedTuple):
    """Called or sent: `mail` says how far it got."""

    follow_up: FollowUp
    mail: Email | None


class Day(NamedTuple):
    on: date
    items: list[FollowUp]
    done: list[Done]


class Week(NamedTuple):
    monday: date
    days: list[Day]
    late: list[FollowUp]  # calls of earlier weeks that no one has made
    has_more: bool


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(user: User, day: date, *, mine: bool, today: date) -> Week:
    """Days are those of the customers' calendars. The current week has what is late, too."""
    monday = monday_of(day)
    # A day lies within two days of UTC: for the index.
    begins, ends = _midnight(monday - timedelta(days=2)), _midnight(monday + timedelta(days=9))
    of_all = FollowUp.objects.visible_to(user)
    planned = of_all.pending().filter(on__lt=monday + timedelta(days=7), send_at__lt=ends)
    if monday != monday_of(today):
        planned = planned.filter(on__gte=monday, send_at__gte=begins)
    done_then = of_all.filter(done_at__gte=begins, done_at__lt=ends)
    if mine:
        planned, done_then = _own(planned, user, "send_at"), _own(done_then, user, "done_at")
    found = _first(planned.order_by("send_at", "pk"))
    done = _first(done_then.order_by("done_at", "pk"))
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
    """The first day after this one with something planned."""
    later = FollowUp.objects.visible_to(user).pending()
    later = later.filter(on__gt=after, send_at__gt=_midnight(after))
    if mine:
        later = _own(later, user, "on")
    return later.order_by("on").values_list("on", flat=True).first()


def calls_due(user: User, now: datetime) -> FollowUpQuerySet:
    """For today or earlier days; at most MOST of a kind."""
    today = business_day(now)
    calls = FollowUp.objects.visible_to(user).pending().filter(channel=Channel.PHONE)
    calls = calls.filter(on__lte=today, send_at__lt=_midnight(today + timedelta(days=2)))
    return _own(calls, user, "send_at")


def _own(found: FollowUpQuerySet, user: User, order: str) -> FollowUpQuerySet:
    """Those this person planned, or about a case of theirs, or of people who no longer work here.

    The first ones of each by `order`. Each has an index; with OR, or without a limit, the query
    would read all follow-ups there are.
    """
    gone = User.objects.filter(is_active=False)
    nobodys = Q(assignee=None) | Q(assignee__in=gone)
    kinds = (
        found.filter(by=user),
        found.filter(assignee=user),
        found.filter(nobodys, by__in=gone),
    )
    first, *others = (each.order_by(order, "pk").values("pk")[: MOST + 1] for each in kinds)
    return FollowUp.objects.filter(pk__in=first.union(*others))


#: What a calendar's page says about each: reading all columns of five tables takes longer than the
#: page.
READ = (
    "rule", "on", "template", "channel", "language", "message", "send_at", "by__name", "done_at",
    "cancelled_at", "case__number", "case__lease__customer__name", "case__lease__customer__phone",
    "case__lease__customer__language", "case__lease__customer__time_zone",
    "case__lease__customer__no_calls", "case__lease__customer__not_at_work",
    "case__lease__customer__phone_at_work", "case__lease__customer__contact_channel",
    "case__lease__customer__available_days", "case__contact__name", "case__contact__phone",
    "case__contact__language",
)  # fmt: skip


def _first(rows: FollowUpQuerySet) -> list[FollowUp]:
    """One more than is shown, to know whether there are more."""
    return list(
        rows.select_related("case__lease__customer", "case__contact", "by").only(*READ)[: MOST + 1]
    )


def _done_on(follow_up: FollowUp) -> date | None:
    zone = ZoneInfo(follow_up.case.person.time_zone)
    return follow_up.done_at and follow_up.done_at.astimezone(zone).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
