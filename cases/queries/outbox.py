"""How the outbox is doing: for the command, the metrics, the alert."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min

from cases.enums import Channel, EmailState
from cases.models import Email, FollowUp, InboundMail, MailChannel, SuppressedAddress
from cases.models.follow_up import FollowUpQuerySet
from cases.queries.inbound_watch import Inbound, inbound

#: So long a mail that failed asks for somebody by itself; later it is on the list.
LATELY = timedelta(days=1)
#: Counting stops here.
MOST_LATE = 1000
_IN_HAND = (EmailState.CLAIMED, EmailState.SENDING)


class Kind(NamedTuple):
    """Mails of one kind that are on their way."""

    template: str
    state: str
    mails: int
    first_due: datetime


class Outbox(NamedTuple):
    states: dict[str, int]  # what is final and fine is not counted: it only grows
    due: int
    oldest_due: timedelta | None
    channels: list[MailChannel]  # that are left alone now
    suppressed: int
    parked: int
    follow_ups_late: int  # that should have become mails
    failed_lately: int  # mails that nobody has tried again
    inbound: Inbound | None  # None where no mailbox is fetched from

    @property
    def is_late(self) -> bool:
        mail_is_late = self.oldest_due is not None and self.oldest_due > alert_after()
        return mail_is_late or bool(self.follow_ups_late)

    @property
    def needs_somebody(self) -> bool:
        waits = self.states[EmailState.UNCERTAIN] or self.suppressed or self.parked
        mailbox = self.inbound is not None and self.inbound.needs_somebody
        return bool(self.is_late or waits or self.failed_lately or mailbox)


def alert_after() -> timedelta:
    return timedelta(minutes=settings.OUTBOX_ALERT_MINUTES)


def oldest_due(now: datetime) -> timedelta | None:
    """How long the mail has waited that should have gone first.

    From when it was due, not written: one that waits for an hour of its own says nothing of the
    outbox. One that was tried waits since then, whenever it is tried next.
    """
    firsts = [
        Email.objects.filter(state=EmailState.PENDING, is_secret=secret, next_attempt_at__lte=now)
        .order_by("next_attempt_at")
        .values_list("next_attempt_at", flat=True)
        .first()
        for secret in (True, False)  # each is the start of a range of the index
    ]
    trying = Email.objects.filter(
        state__in=[EmailState.PENDING, *_IN_HAND], trying_since__isnull=False, trying_since__lte=now
    )
    firsts.append(trying.order_by("trying_since").values_list("trying_since", flat=True).first())
    found = [first for first in firsts if first is not None]
    return now - min(found) if found else None


def is_late(now: datetime) -> bool:
    waited = oldest_due(now)
    if waited is not None and waited > alert_after():
        return True
    return late_follow_ups(now).values_list("pk").first() is not None


def late_follow_ups(now: datetime) -> FollowUpQuerySet:
    """Mails nobody has put into the outbox: nothing does what the clock asks for, or one fails.

    In the order of their index, and asked for so: the planner takes it for chance that what is
    planned lies ahead, expects to meet late ones everywhere and would look through all rows.
    """
    late = FollowUp.objects.due(now - alert_after()).filter(channel=Channel.EMAIL)
    return late.order_by("send_at", "pk")


def count_late_follow_ups(now: datetime) -> int:
    """At most MOST_LATE."""
    return late_follow_ups(now)[:MOST_LATE].count()


def outbox(now: datetime) -> Outbox:
    pending = Email.objects.filter(state=EmailState.PENDING)
    failed = Email.objects.undelivered()
    return Outbox(
        states={
            EmailState.PENDING: pending.count(),
            EmailState.SENDING: Email.objects.filter(state__in=_IN_HAND).count(),
            EmailState.UNCERTAIN: Email.objects.undecided().count(),
            EmailState.FAILED: failed.count(),
        },
        due=pending.filter(next_attempt_at__lte=now).count(),
        oldest_due=oldest_due(now),
        channels=list(MailChannel.objects.paused()),
        suppressed=SuppressedAddress.objects.in_force().count(),
        parked=InboundMail.objects.parked().count(),
        follow_ups_late=count_late_follow_ups(now),
        # a mail that is not tried any more keeps there when it ended
        failed_lately=failed.filter(next_attempt_at__gt=now - LATELY).count(),
        inbound=inbound(now),
    )


def kinds() -> list[Kind]:
    """What is on its way, by mail and state, the first that is or was due first."""
    rows = (
        Email.objects.filter(state__in=[EmailState.PENDING, *_IN_HAND])
        .values_list("template__key", "state")
        .annotate(count=Count("*"), first_due=Min("next_attempt_at"))
        .order_by("first_due")
    )
    return [Kind(*row) for row in rows]


def waiting(now: datetime) -> tuple[int, datetime | None]:
    """How many mails are not due yet, and when the first one is."""
    later = Email.objects.filter(state=EmailState.PENDING, next_attempt_at__gt=now)
    found = later.aggregate(count=Count("*"), first=Min("next_attempt_at"))
    return found["count"], found["first"]
