"""How fetching from our mailbox goes: for the fetcher, the command, the metrics and the pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from mail.models import MailboxState

#: A mail tried this often, over a few minutes, won't succeed by itself.
STUCK = 5


class Left(NamedTuple):
    """A mail that couldn't be processed."""

    times: int
    again_at: datetime


class Inbound(NamedTuple):
    fetched_at: datetime | None  # when all went well last; None for never
    is_failing: bool  # whether that is too long ago
    failures: int  # rounds in a row
    error: str
    stuck: int  # mails in the mailbox that we couldn't process

    @property
    def needs_somebody(self) -> bool:
        return self.is_failing or self.stuck > 0


def mailbox_name() -> str:
    where = settings.INBOUND_MAILBOX
    return f"{where.host}:{where.port}/{where.folder}"[:250] if where else ""


def mailbox_state() -> MailboxState | None:
    """None if no mailbox is fetched."""
    name = mailbox_name()
    if not name:
        return None
    return MailboxState.objects.filter(name=name).first() or MailboxState(name=name)


def left_mails(state: MailboxState) -> dict[int, Left]:
    return {
        int(uid): Left(times, datetime.fromisoformat(at)) for uid, (times, at) in state.left.items()
    }


def inbound(now: datetime) -> Inbound | None:
    """None if no mailbox is fetched."""
    state = mailbox_state()
    if state is None:
        return None
    longest = timedelta(minutes=settings.OUTBOX_ALERT_MINUTES)
    return Inbound(
        fetched_at=state.fetched_at,
        is_failing=state.fetched_at is None or now - state.fetched_at > longest,
        failures=state.failures,
        error=state.error,
        stuck=sum(each.times >= STUCK for each in left_mails(state).values()),
    )


def trouble(now: datetime) -> Inbound | None:
    """None while no one needs to act."""
    found = inbound(now)
    return found if found and found.needs_somebody else None
