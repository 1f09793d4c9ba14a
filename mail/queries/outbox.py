"""How the outbox is doing: for the command, the metrics and the alert."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min

from mail.enums import EmailState
from mail.models import Email, MailChannel, SuppressedAddress

#: How long a failed mail asks for attention by itself; after that it's only on the list.
LATELY = timedelta(days=1)
_IN_HAND = (EmailState.CLAIMED, EmailState.SENDING)


class OnTheirWay(NamedTuple):
    """Mails of one kind on their way."""

    template: str
    state: str
    mails: int
    first_due: datetime


class Outbox(NamedTuple):
    states: dict[str, int]  # final states without trouble aren't counted: they only grow
    due: int
    oldest_due: timedelta | None
    channels: list[MailChannel]  # ways out that are paused now
    suppressed: int
    failed_lately: int  # failed mails that no one has sent again

    @property
    def is_late(self) -> bool:
        return self.oldest_due is not None and self.oldest_due > alert_after()


def alert_after() -> timedelta:
    return timedelta(minutes=settings.OUTBOX_ALERT_MINUTES)


def oldest_due(now: datetime) -> timedelta | None:
    """How long the mail that is due the longest has waited.

    Counted from when it was due, not written: a mail that waits for its hour says nothing about the
    outbox. A mail that was tried counts from then, whenever its next try is.
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
    return waited is not None and waited > alert_after()


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
        # a mail that isn't tried anymore stores there when it ended
        failed_lately=failed.filter(next_attempt_at__gt=now - LATELY).count(),
    )


def kinds() -> list[OnTheirWay]:
    """What is on its way, by mail and state, the earliest due first."""
    rows = (
        Email.objects.filter(state__in=[EmailState.PENDING, *_IN_HAND])
        .values_list("template__key", "state")
        .annotate(count=Count("*"), first_due=Min("next_attempt_at"))
        .order_by("first_due")
    )
    return [OnTheirWay(*row) for row in rows]


def waiting(now: datetime) -> tuple[int, datetime | None]:
    """How many mails aren't due yet, and when the first one is."""
    later = Email.objects.filter(state=EmailState.PENDING, next_attempt_at__gt=now)
    found = later.aggregate(count=Count("*"), first=Min("next_attempt_at"))
    return found["count"], found["first"]
