"""How mail is doing as a whole: what goes out, what comes in, and what waits for someone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cases.enums import Channel
from cases.models import FollowUp, InboundMail
from cases.models.follow_up import FollowUpQuerySet
from mail.enums import EmailState
from mail.queries import outbox as queries
from mail.queries.inbound_watch import Inbound, inbound
from mail.queries.outbox import Outbox, alert_after

#: Counting stops here.
MOST_LATE = 1000


class MailState(NamedTuple):
    outbox: Outbox
    parked: int
    follow_ups_late: int  # that should have become mails
    inbound: Inbound | None  # None if no mailbox is fetched

    @property
    def is_late(self) -> bool:
        return self.outbox.is_late or bool(self.follow_ups_late)

    @property
    def needs_somebody(self) -> bool:
        waits = self.outbox.states[EmailState.UNCERTAIN] or self.outbox.suppressed or self.parked
        mailbox = self.inbound is not None and self.inbound.needs_somebody
        return bool(self.is_late or waits or self.outbox.failed_lately or mailbox)


def mail_state(now: datetime) -> MailState:
    return MailState(
        outbox=queries.outbox(now),
        parked=InboundMail.objects.parked().count(),
        follow_ups_late=count_late_follow_ups(now),
        inbound=inbound(now),
    )


def is_late(now: datetime) -> bool:
    return queries.is_late(now) or late_follow_ups(now).values_list("pk").first() is not None


def late_follow_ups(now: datetime) -> FollowUpQuerySet:
    """Mails that no one put into the outbox: the scheduled job doesn't run, or one of them fails.

    Queried in the order of their index: the planner thinks it's chance that planned mails are in
    the future, expects late ones everywhere, and would otherwise read all rows.
    """
    late = FollowUp.objects.due(now - alert_after()).filter(channel=Channel.EMAIL)
    return late.order_by("send_at", "pk")


def count_late_follow_ups(now: datetime) -> int:
    """At most MOST_LATE."""
    return late_follow_ups(now)[:MOST_LATE].count()
