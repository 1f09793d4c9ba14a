"""How fetching from our mailbox goes: for whoever fetches, the command, the metrics, the pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from mail.models import MailboxState

#: As often a mail was tried for a few minutes: it will not come by itself.
STUCK = 5


class Left(NamedTuple):
    """A mail that could not be taken."""

    times: int
    again_at: datetime


class Inbound(NamedTuple):
    fetched_at: datetime | None  # when all went well last; None for never
    is_failing: bool  # that is too long ago
    failures: int  # rounds in a row
    error: str
    stuck: int  # mails that the mailbox shows and we cannot take

    @property
    def needs_somebody(self) -> bool:
        return self.is_failing or self.stuck > 0


def mailbox_name() -> str:
    where = settings.INBOUND_MAILBOX
    return f"{where.host}:{where.port}/{where.folder}"[:250] if where else ""


def mailbox_state() -> MailboxState | None:
    """None where no mailbox is fetched from."""
    name = mailbox_name()
    if not name:
        return None
    return MailboxState.objects.filter(name=name).first() or MailboxState(name=name)


def left_mails(state: MailboxState) -> dict[int, Left]:
    return {
        int(uid): Left(times, datetime.fromisoformat(at)) for uid, (times, at) in state.left.items()
    }


def inbound(now: datetime) -> Inbound | None:
    """None where no mailbox is fetched from."""
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
    """None while nobody is needed."""
    found = inbound(now)
    return found if found and found.needs_somebody else None
