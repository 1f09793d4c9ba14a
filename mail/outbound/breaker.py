"""A failing mail server is left alone by all senders, at the cost of one row.

After the pause, one sender tries with one mail while the others wait for its result; mails that
pile up meanwhile aren't touched. If someone waits for a sign-in code, we try sooner.
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
    """What a sender may do now."""

    SEND = "send"
    PROBE = "probe"  # one mail
    PROBE_SECRET = "probe_secret"  # one mail that someone waits for  # noqa: S105
    WAIT = "wait"


class Permit(NamedTuple):
    leave: Leave
    until: datetime | None = None  # for a probe: how long the others wait for it,
    before: datetime | None = None  # and when the pause would have ended
    error: str = ""  # why the due mails have to wait
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
    # A pause longer than any we set was started by a clock that ran ahead.
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
    # Of all who read the same end of the pause, only one moves it.
    until = now + time_limit()
    won = _held(name, channel.paused_until).update(paused_until=until)
    before = now if is_astray else channel.paused_until
    return Permit(leave, until, before, refused=refused) if won else wait


def failed(name: str, permit: Permit, *, error: str, refusing: bool, now: datetime) -> None:
    """Starts a pause. A batch that began before the first failure doesn't extend it."""
    until = now + backoff.pause(backoff.REFUSING if refusing else backoff.AWAY)
    if permit.until is not None:
        _held(name, permit.until).update(
            paused_since=Least("paused_since", Value(now)),  # another clock may have run ahead
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
    """The server accepts our mail again."""
    if permit.until is not None:
        _held(name, permit.until).update(paused_since=None, paused_until=None, error="", failures=0)


def turned_away(name: str, times: int) -> None:
    """Not a reason for a pause yet."""
    MailChannel.objects.get_or_create(name=name)
    MailChannel.objects.filter(name=name, paused_since=None).update(failures=times)


def refused(name: str, addresses: list[str]) -> None:
    MailChannel.objects.update_or_create(name=name, defaults={"refused": addresses})


def served(name: str) -> None:
    """It accepted a recipient, so earlier refusals weren't about us."""
    MailChannel.objects.filter(name=name).update(failures=0, refused=[])


def gave_back(name: str, permit: Permit) -> None:
    """The probe never asked the server, so anyone with a mail may be the next to try."""
    if permit.until is not None:
        _held(name, permit.until).update(paused_until=permit.before)


def _held(name: str, until: datetime) -> QuerySet[MailChannel]:
    return MailChannel.objects.filter(name=name, paused_until=until)
