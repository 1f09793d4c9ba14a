"""Sends what is due. Any number of senders may run at once; see docs/decisions/0003-outbox.md."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from contextlib import suppress as ignoring
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from mail import backoff
from mail.addresses import folded
from mail.answers import Answer, Outcome
from mail.claims import time_limit
from mail.enums import EmailState, SuppressionReason
from mail.models import Email
from mail.outbound import breaker
from mail.outbound.bounces import Bounced
from mail.outbound.bounces import bounced as report
from mail.outbound.breaker import Leave, Permit
from mail.outbound.cap import Cap
from mail.outbound.channel import Channel, channel
from mail.outbound.claim import begin, claim, finish, hold, put_off, readdress, release, renew
from mail.outbound.streak import Streak
from mail.outbound.suppression import suppressed
from mail.outbound.sweep import sweep
from mail.outbound.verdict import UNMADE, ruled_out, state_after, unmade
from mail.recipients import Recipient, due_recipient

log = logging.getLogger(__name__)

BATCH = 50
#: The last mail may take a connection, its share of the claim's time, and its server's wait for an
#: answer: together less than the worker's time limit for a task.
SECONDS = 30.0
# The share of a claim's time for one mail: its result is written while the claim still holds.
SHARE_OF_CLAIM = 0.75
# The database is away or the worker's time is up: that says nothing about the mail in hand.
_NOT_ITS_FAULT = (OperationalError, InterfaceError, SoftTimeLimitExceeded)


@dataclass
class Drained:
    sent: int = 0
    later: int = 0
    failed: int = 0
    uncertain: int = 0
    withdrawn: int = 0
    lost: int = 0  # another sender took it over in the meantime
    swept: int = 0
    trouble: str = ""  # why the mail server couldn't be used

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
    bounced: Bounced = report,
) -> Drained:
    """Runs until nothing is due; `limit` mails, `seconds` or `stop` end it sooner, between two
    mails.
    """
    until = time.monotonic() + seconds
    with closing(channel()) as way:
        run = _Run(
            way=way,
            now=now,
            bounced=bounced,
            done=Drained(swept=sweep(now=now())),
            stop=lambda: stop() or time.monotonic() > until,
        )
        while not run.over() and (limit is None or run.done.tried < limit):
            size = BATCH if limit is None else min(BATCH, limit - run.done.tried)
            if not run.batch(size):
                break
    return run.done


@dataclass
class _Run:
    way: Channel
    now: Callable[[], datetime]
    bounced: Bounced
    done: Drained
    stop: Callable[[], bool]

    def over(self) -> bool:
        return bool(self.done.trouble) or self.stop()

    def batch(self, size: int) -> bool:
        """False if there is nothing to do now."""
        permit = breaker.ask(self.way.name, now=self.now())
        if permit.leave == Leave.WAIT:
            self.done.trouble = permit.error
            return False
        owner = uuid.uuid4()
        mails = claim(
            owner=owner,
            size=1 if permit.is_probe else size,
            now=self.now(),
            secrets_only=permit.leave == Leave.PROBE_SECRET,
        )
        answer = None
        try:
            answer = self._send_all(mails, Streak(self.way.name, permit))
        finally:
            if mails:
                with ignoring(DatabaseError):  # then the claim runs out by itself
                    release(owner)
        self._tell_breaker(permit, answer)
        return bool(mails)

    def _tell_breaker(self, permit: Permit, answer: Answer | None) -> None:
        """`answer`: the server's last one."""
        if answer is None:
            breaker.gave_back(self.way.name, permit)
        elif answer.ends_batch:
            refusing = answer.outcome == Outcome.REFUSING
            breaker.failed(
                self.way.name, permit, error=answer.error, refusing=refusing, now=self.now()
            )
            self.done.trouble = answer.error
            log.warning("mail_server_trouble error=%s", answer.error)
        else:
            breaker.worked(self.way.name, permit)

    def _send_all(self, mails: list[Email], streak: Streak) -> Answer | None:
        """Stops at an answer after which going on makes no sense; returns the server's last
        answer.
        """
        if not mails:
            return None
        answer = None
        renewed = time.monotonic()
        addresses = [mail.to for mail in mails]
        held, cap = suppressed(addresses), Cap(addresses, now=self.now())
        for mail in mails:
            if self.over():
                break
            if time.monotonic() - renewed > time_limit().total_seconds() / 3:
                assert mail.owner is not None  # noqa: S101 - the claim wrote it
                renew(mail.owner, now=self.now())
                renewed = time.monotonic()
            try:
                due = due_recipient(mail)
                if self._goes_elsewhere(mail, due) or self._waits(mail, cap):
                    continue
                verdict = ruled_out(mail, self.now(), held, due)
            except _NOT_ITS_FAULT:
                raise
            except Exception as error:  # one bad row; claimed again and again it would stop all
                verdict = unmade(error)
            # Before the mail is marked, so that a server that is down costs no mail an attempt.
            if verdict is None and (closed := self.way.open()) is not None:
                return closed
            if not begin(mail, now=self.now()):
                self.done.lost += 1
                continue
            if verdict is None:
                verdict = streak.weigh(mail, self._hand_over(mail))
                answer = answer if verdict.stage == UNMADE else verdict
            self._record(mail, verdict)
            if verdict.may_have_arrived and not mail.is_secret:
                cap.count(mail.to, self.now())
            if verdict.names_the_address:
                held.add(folded(mail.to))
            if verdict.ends_batch:
                break
        return answer

    def _goes_elsewhere(self, mail: Email, due: Recipient) -> bool:
        """Someone else has to get it: it comes again in a batch that knows their limits."""
        if not due.to:
            return False
        language = due.language or mail.language
        if (due.to, due.care_of, language) == (mail.to, mail.care_of, mail.language):
            return False
        if not readdress(mail, due, now=self.now()):
            self.done.lost += 1
        return True

    def _waits(self, mail: Email, cap: Cap) -> bool:
        """No one is written to at night, nor without limit."""
        if mail.is_secret:
            return False
        now = self.now()
        for why, at in (("hours", _goes_at(mail, now)), ("cap", cap.goes_at(mail.to, now))):
            if at > now:
                if not put_off(mail, at, error=why):
                    self.done.lost += 1
                return True
        return False

    def _hand_over(self, mail: Email) -> Answer:
        try:
            prepared = self.way.prepare(mail)
        except _NOT_ITS_FAULT:
            raise
        except Exception as error:
            return unmade(error)
        return self.way.deliver(
            prepared,
            seconds=time_limit().total_seconds() * SHARE_OF_CLAIM,
            hold=lambda: hold(mail, now=self.now()),
        )

    def _record(self, mail: Email, answer: Answer) -> None:
        state, error = state_after(mail, answer)
        end = partial(
            finish,
            mail,
            state,
            now=self.now(),
            error=error,
            wait=backoff.delay(mail.attempts),
            remote_id=answer.remote_id,
            is_unanswered=answer.outcome == Outcome.UNKNOWN,
        )
        ours = self._bounce(mail, error, end) if answer.names_the_address else end()
        if not ours:
            self.done.lost += 1
            log.warning("mail_taken_over id=%s", mail.pk)
            return
        counted = _COUNTED[state]
        setattr(self.done, counted, getattr(self.done, counted) + 1)
        if state != EmailState.SENT:
            log.warning("mail_not_sent id=%s state=%s error=%s", mail.pk, state, error)

    def _bounce(self, mail: Email, error: str, end: Callable[[], bool]) -> bool:
        """Both or neither; but an error in the case must not keep the mail in hand."""
        try:
            with transaction.atomic():
                self.bounced(  # first, because a case is locked before its mails
                    address=mail.to,
                    reason=SuppressionReason.BOUNCED,
                    error=error,
                    email=mail,
                    now=self.now(),
                )
                ours = end()
                if not ours:
                    transaction.set_rollback(True)
                return ours
        except Exception:
            log.exception("mail_bounce_untold id=%s", mail.pk)
            return end()


_COUNTED = {
    EmailState.SENT: "sent",
    EmailState.PENDING: "later",
    EmailState.FAILED: "failed",
    EmailState.WITHDRAWN: "withdrawn",
    EmailState.UNCERTAIN: "uncertain",
}


def _goes_at(mail: Email, now: datetime) -> datetime:
    """Someone who sends a test waits for it."""
    return now if mail.is_test else mail.kind.goes_at(mail, now)
