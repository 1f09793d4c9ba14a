"""A mail server that fails us is left alone: by all drainers, at the cost of one row.

After the pause one drainer tries with one mail while the others wait for what becomes of it; mails
that pile up meanwhile are not touched. Who waits for a sign-in code is a reason to try sooner.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Least

from mail import backoff
from mail.claims import time_limit
from mail.models import MailChannel
from mail.outbound.claim import due


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
    failures: int = 0  # in a row, and
    refused: tuple[str, ...] = ()  # addresses refused in a row: mail/outbound/streak.py

    @property
    def is_probe(self) -> bool:
        return self.leave in {Leave.PROBE, Leave.PROBE_SECRET}


SEND = Permit(Leave.SEND)


def ask(name: str, *, now: datetime) -> Permit:
    channel = MailChannel.objects.filter(name=name).first()
    if channel is None:
        return SEND
    refused = tuple(channel.refused)
    if channel.paused_since is None or channel.paused_until is None:
        return SEND._replace(failures=channel.failures, refused=refused)
    mails = due(now)
    if not mails.exists():
        return Permit(Leave.WAIT)
    wait = Permit(Leave.WAIT, error=channel.error)
    # A pause that reaches further than any does was begun by a clock that was ahead.
    is_astray = channel.paused_until > now + max(backoff.REFUSING, time_limit()) + backoff.ASTRAY
    if now < channel.paused_until and not is_astray:
        return wait
    since = min(channel.paused_since, now)
    if is_astray or now >= backoff.quiet_until(since, channel.paused_until):
        leave = Leave.PROBE
    elif mails.filter(is_secret=True).exists():
        leave = Leave.PROBE_SECRET
    else:
        return wait
    # Of all who read the same end of the pause, one moves it.
    until = now + time_limit()
    won = _held(name, channel.paused_until).update(paused_until=until)
    before = now if is_astray else channel.paused_until
    return Permit(leave, until, before, refused=refused) if won else wait


def failed(name: str, permit: Permit, *, error: str, refusing: bool, now: datetime) -> None:
    """Pause. Whose batch began before the first failure adds nothing to it."""
    until = now + backoff.pause(backoff.REFUSING if refusing else backoff.AWAY)
    if permit.until is not None:
        _held(name, permit.until).update(
            paused_since=Least("paused_since", Value(now)),  # another clock may have been ahead
            paused_until=until,
            error=error[:200],
            failures=F("failures") + 1,
        )
        return
    MailChannel.objects.get_or_create(name=name)
    MailChannel.objects.filter(name=name, paused_since=None).update(
        paused_since=now, paused_until=until, error=error[:200], failures=F("failures") + 1
    )


def worked(name: str, permit: Permit) -> None:
    """The server serves us again."""
    if permit.until is not None:
        _held(name, permit.until).update(paused_since=None, paused_until=None, error="", failures=0)


def turned_away(name: str, times: int) -> None:
    """Not yet a reason for a pause."""
    MailChannel.objects.get_or_create(name=name)
    MailChannel.objects.filter(name=name, paused_since=None).update(failures=times)


def refused(name: str, addresses: list[str]) -> None:
    MailChannel.objects.update_or_create(name=name, defaults={"refused": addresses})


def served(name: str) -> None:
    """It took a recipient: what came before was not about us."""
    MailChannel.objects.filter(name=name).update(failures=0, refused=[])


def gave_back(name: str, permit: Permit) -> None:
    """A probe asked the server nothing: whoever has a mail for it may."""
    if permit.until is not None:
        _held(name, permit.until).update(paused_until=permit.before)


def _held(name: str, until: datetime) -> QuerySet[MailChannel]:
    return MailChannel.objects.filter(name=name, paused_until=until)
