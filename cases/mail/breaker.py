"""A mail server that fails us is left alone: by all drainers, at the cost of one row.

After the pause one drainer tries with one mail while the others wait for what becomes of it; mails
that pile up meanwhile are not touched. Who waits for a sign-in code is a reason to try sooner.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from django.db.models import F, QuerySet

from cases.mail import backoff
from cases.mail.claim import due, lease
from cases.models import MailChannel


class Leave(Enum):
    """What a drainer may do now."""

    SEND = "send"
    PROBE = "probe"  # one mail
    PROBE_SECRET = "probe_secret"  # one mail that somebody waits for  # noqa: S105
    WAIT = "wait"


class Permit(NamedTuple):
    leave: Leave
    until: datetime | None = None  # a probe's: how long the others wait for it,
    before: datetime | None = None  # and when the pause would have ended
    error: str = ""  # why the mails that are due have to wait

    @property
    def is_probe(self) -> bool:
        return self.leave in {Leave.PROBE, Leave.PROBE_SECRET}


SEND = Permit(Leave.SEND)


def ask(name: str, *, now: datetime) -> Permit:
    channel = MailChannel.objects.filter(name=name).first()
    if channel is None or channel.paused_since is None or channel.paused_until is None:
        return SEND
    mails = due(now)
    if not mails.exists():
        return Permit(Leave.WAIT)
    wait = Permit(Leave.WAIT, error=channel.error)
    if now < channel.paused_until:
        return wait
    if now >= backoff.quiet_until(channel.paused_since, channel.paused_until):
        leave = Leave.PROBE
    elif mails.filter(is_secret=True).exists():
        leave = Leave.PROBE_SECRET
    else:
        return wait
    # Of all who read the same end of the pause, one moves it.
    until = now + lease()
    won = _held(name, channel.paused_until).update(paused_until=until)
    return Permit(leave, until, channel.paused_until) if won else wait


def failed(name: str, permit: Permit, *, error: str, refusing: bool, now: datetime) -> None:
    """Pause. Whose batch began before the first failure adds nothing to it."""
    until = now + backoff.pause(backoff.REFUSING if refusing else backoff.AWAY)
    if permit.until is not None:
        _held(name, permit.until).update(
            paused_until=until, error=error[:200], failures=F("failures") + 1
        )
        return
    MailChannel.objects.get_or_create(name=name)
    MailChannel.objects.filter(name=name, paused_since=None).update(
        paused_since=now, paused_until=until, error=error[:200], failures=1
    )


def worked(name: str, permit: Permit) -> None:
    """The server serves us again."""
    if permit.until is not None:
        _held(name, permit.until).update(paused_since=None, paused_until=None, error="", failures=0)


def gave_back(name: str, permit: Permit) -> None:
    """A probe asked the server nothing: whoever has a mail for it may."""
    if permit.until is not None:
        _held(name, permit.until).update(paused_until=permit.before)


def _held(name: str, until: datetime) -> QuerySet[MailChannel]:
    return MailChannel.objects.filter(name=name, paused_until=until)
