"""Send what is due. Any number of drainers may run at once; see docs/decisions/0003-outbox.md."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from cases.enums import EmailState, TemplateKey
from cases.mail import backoff
from cases.mail.channel import Answer, Channel, Outcome
from cases.mail.claim import begin, claim, finish, hold_back, lease, release, renew, sweep
from cases.mail.message import message, recipient, sender
from cases.mail.obsolete import is_obsolete
from cases.models import Email

log = logging.getLogger(__name__)

BATCH = 50
#: Less than the worker's time limit for a task.
SECONDS = 60.0
# Of the lease, for one mail: its end is written while the lease still holds.
SHARE_OF_LEASE = 0.75


@dataclass
class Drained:
    sent: int = 0
    later: int = 0
    failed: int = 0
    uncertain: int = 0
    withdrawn: int = 0
    lost: int = 0  # taken over by another drainer while we were at it
    swept: int = 0
    trouble: str = ""  # why the mail server could not be used

    @property
    def tried(self) -> int:
        return self.sent + self.later + self.failed + self.uncertain + self.withdrawn + self.lost

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in vars(self).items() if value)


def drain(
    *,
    now: Callable[[], datetime] = timezone.now,
    limit: int | None = None,
    seconds: float = SECONDS,
    stop: Callable[[], bool] = lambda: False,
) -> Drained:
    """Until nothing is due, or `limit` mails, `seconds` or `stop` end it between two mails."""
    done = Drained(swept=sweep(now=now()))
    until = time.monotonic() + seconds

    def over() -> bool:
        return bool(done.trouble) or stop() or time.monotonic() > until

    with Channel() as channel:
        while not over() and (limit is None or done.tried < limit):
            owner = uuid.uuid4()
            size = BATCH if limit is None else min(BATCH, limit - done.tried)
            batch = claim(owner=owner, size=size, now=now())
            if not batch:
                break
            trouble = None
            try:
                trouble = _send_all(batch, channel, done, now, over)
            finally:
                with suppress(DatabaseError):  # then the lease runs out by itself
                    release(owner)
            if trouble is not None:
                _pause(trouble, batch, now())
                done.trouble = trouble.error
    return done


def _pause(trouble: Answer, batch: list[Email], now: datetime) -> None:
    shortest = backoff.REFUSING if trouble.outcome == Outcome.REFUSING else backoff.AWAY
    waited = now - min(mail.created_at for mail in batch)
    hold_back(now + backoff.pause(shortest, waited), error=trouble.error)
    log.warning("mail_server_trouble error=%s", trouble.error)


def _send_all(
    batch: list[Email],
    channel: Channel,
    done: Drained,
    now: Callable[[], datetime],
    over: Callable[[], bool],
) -> Answer | None:
    """The answer after which it makes no sense to go on, if there was one."""
    renewed = time.monotonic()
    for mail in batch:
        if over():
            break
        if time.monotonic() - renewed > lease().total_seconds() / 3:
            assert mail.owner is not None  # noqa: S101 - the claim wrote it
            renew(mail.owner, now=now())
            renewed = time.monotonic()
        # Before the mail is marked: a server that is away costs no mail an attempt in vain.
        answer = channel.open()
        if answer is None:
            if not begin(mail, now=now()):
                done.lost += 1
                continue
            answer = _send(mail, channel, now())
            _record(mail, answer, done, now())
        if answer.ends_batch:
            return answer
    return None


def _send(mail: Email, channel: Channel, now: datetime) -> Answer:
    lifetime = _lifetime(mail.template.key)
    if lifetime is not None and mail.created_at + lifetime <= now:
        return Answer(Outcome.NEVER, "expired")
    if is_obsolete(mail, now):
        return Answer(Outcome.WITHDRAWN, "obsolete")
    try:
        to, text = recipient(mail), message(mail)
    except Exception as error:  # a mail that cannot be made must not stop the others
        return Answer(Outcome.NEVER, "render", why=type(error).__name__)
    return channel.deliver(sender(), to, text, seconds=lease().total_seconds() * SHARE_OF_LEASE)


def _lifetime(template: str) -> timedelta | None:
    """How long what a mail carries opens anything."""
    seconds = {
        TemplateKey.SIGN_IN_CODE.value: settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
        TemplateKey.PASSWORD_RESET.value: settings.PASSWORD_RESET_TIMEOUT,
    }.get(template)
    return None if seconds is None else timedelta(seconds=seconds)


def _record(mail: Email, answer: Answer, done: Drained, now: datetime) -> None:
    state, error = _state_after(mail, answer)
    if not finish(mail, state, now=now, error=error, wait=backoff.delay(mail.attempts)):
        done.lost += 1
        log.warning("mail_taken_over id=%s", mail.pk)
        return
    if state == EmailState.SENT:
        done.sent += 1
        return
    if state == EmailState.PENDING:
        done.later += 1
    elif state == EmailState.FAILED:
        done.failed += 1
    elif state == EmailState.WITHDRAWN:
        done.withdrawn += 1
    else:
        done.uncertain += 1
    log.warning("mail_not_sent id=%s state=%s error=%s", mail.pk, state, error)


def _state_after(mail: Email, answer: Answer) -> tuple[EmailState, str]:
    if answer.outcome == Outcome.SENT:
        return EmailState.SENT, ""
    if answer.outcome == Outcome.NEVER:
        return EmailState.FAILED, answer.error
    if answer.outcome == Outcome.WITHDRAWN:
        return EmailState.WITHDRAWN, answer.error
    if answer.outcome == Outcome.UNKNOWN and mail.is_secret:
        return EmailState.UNCERTAIN, answer.error
    if mail.attempts >= backoff.MOST_ATTEMPTS:
        return EmailState.FAILED, f"gave_up {answer.error}"
    return EmailState.PENDING, answer.error
