from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error, InterfaceError, OperationalError
from django.utils import timezone

from cases.actions.receive_mail import Arrived, receive_mail
from cases.enums import InboundSource, InboundState
from cases.models import InboundMail
from mail.inbound import state
from mail.inbound.mailbox import Fetched, HungUp, Mailbox, MailboxTrouble, Refused, opened

log = logging.getLogger(__name__)

#: With the files of the last mail, less than the worker's time limit for a task.
SECONDS = 40.0
#: If the server hangs up more often than this in one round, it's no use now.
CONNECTIONS = 5


@dataclass
class Taken:
    entered: int = 0
    parked: int = 0
    left: int = 0  # couldn't be processed; a later round tries again
    trouble: str = ""  # why the mailbox couldn't be used

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in vars(self).items() if value)


def fetch_mail(
    *,
    now: Callable[[], datetime] = timezone.now,
    seconds: float = SECONDS,
    stop: Callable[[], bool] = lambda: False,
) -> Taken:
    """Fetches what is new in the mailbox, each mail separately; does nothing if none is configured.

    A mail that can't be processed stays there and is tried less and less often.
    """
    if settings.INBOUND_MAILBOX is None:
        return Taken()
    until = time.monotonic() + seconds
    this = _Round(now=now, is_over=lambda: stop() or time.monotonic() > until)
    try:
        for _ in range(CONNECTIONS):
            if this.is_done():
                break
        else:
            raise MailboxTrouble(f"hung up {CONNECTIONS} times")
    except MailboxTrouble as error:
        this.done.trouble = str(error)
        log.warning("mailbox_trouble error=%s", error)
    except BaseException:
        with suppress(Error):
            this.note_left()  # so that the next round starts with the others
        raise
    this.note_left()
    state.note_round(this.done.trouble, now=now())
    return this.done


@dataclass
class _Round:
    _: KW_ONLY
    now: Callable[[], datetime]
    is_over: Callable[[], bool]
    done: Taken = field(default_factory=Taken)
    uid_validity: int | None = None  # unknown before the mailbox is open
    unseen: list[int] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    def is_done(self) -> bool:
        """Over one connection. False if it was lost: continue over a new one, after that mail."""
        try:
            with opened() as mailbox:
                for uid in self._wanted(mailbox):
                    if self.is_over():
                        break
                    self.tried.add(uid)
                    self.left.add(uid)  # until it's processed, whatever happens in the meantime
                    self._take(mailbox, uid)
        except HungUp as error:
            log.warning("mailbox_hung_up error=%s", error)
            return False
        finally:
            self.done.left = len(self.left)
        return True

    def note_left(self) -> None:
        if self.uid_validity is not None:
            unseen = set(self.unseen) - (self.tried - self.left)
            state.note_left(
                self.left, unseen=unseen, uid_validity=self.uid_validity, now=self.now()
            )

    def _wanted(self, mailbox: Mailbox) -> list[int]:
        """Mails that failed before come last, and not every time."""
        self.uid_validity, self.unseen = mailbox.uid_validity, mailbox.unseen()
        known, now = state.waiting_mails(uid_validity=mailbox.uid_validity), self.now()
        waiting = {uid for uid, each in known.items() if each.again_at > now}
        wanted = (uid for uid in self.unseen if uid not in self.tried | waiting)
        return sorted(wanted, key=lambda uid: (uid in known, uid))

    def _take(self, mailbox: Mailbox, uid: int) -> None:
        try:
            fetched = mailbox.fetch(uid)
            mail = self._received(fetched) if fetched else None
            if mail is None:
                return
            mailbox.mark(uid)
        except Refused as error:
            log.warning("inbound_mail_left error=%s", error)
            return
        self.left.discard(uid)
        if mail.state == InboundState.ENTERED:
            self.done.entered += 1
        else:
            self.done.parked += 1

    def _received(self, fetched: Fetched) -> InboundMail | None:
        arrived = Arrived(
            raw=fetched.raw, size=fetched.size, source=InboundSource.MAILBOX, now=self.now()
        )
        try:
            return receive_mail(arrived)
        except (OSError, ValidationError) as error:
            # our disk: the next one would do no better, and this one isn't to blame
            self.left.discard(fetched.uid)
            raise MailboxTrouble(f"not stored: {type(error).__name__}") from error
        except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
            raise
        except Exception as error:
            log.exception("inbound_mail_left error=%s uid=%d", type(error).__name__, fetched.uid)
            return None
