from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.actions.receive_mail import Arrived, receive_mail
from cases.enums import InboundSource, InboundState
from cases.mail.inbound.mailbox import Fetched, Mailbox, MailboxTrouble, opened

log = logging.getLogger(__name__)

#: With the files of the last mail less than the worker's time limit for a task.
SECONDS = 40.0


@dataclass
class Taken:
    entered: int = 0
    parked: int = 0
    left: int = 0  # the server did not give them; the next round asks again
    trouble: str = ""  # why the mailbox could not be used

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in vars(self).items() if value)


def fetch_mail(
    *,
    now: Callable[[], datetime] = timezone.now,
    seconds: float = SECONDS,
    stop: Callable[[], bool] = lambda: False,
) -> Taken:
    """What is new in the mailbox, each mail by itself; nothing where none is configured."""
    done = Taken()
    if settings.INBOUND_MAILBOX is None:
        return done
    until = time.monotonic() + seconds
    try:
        with opened() as mailbox:
            for uid in mailbox.unseen():
                if stop() or time.monotonic() > until:
                    break
                fetched = mailbox.fetch(uid)
                if fetched is None:
                    done.left += 1
                    continue
                _take(mailbox, fetched, done, now())
    except MailboxTrouble as error:
        done.trouble = str(error)
        log.warning("mailbox_trouble error=%s", error)
    return done


def _take(mailbox: Mailbox, fetched: Fetched, done: Taken, now: datetime) -> None:
    arrived = Arrived(raw=fetched.raw, size=fetched.size, source=InboundSource.MAILBOX, now=now)
    try:
        mail = receive_mail(arrived)
    except (OSError, ValidationError) as error:  # our disk: the next one would fare no better
        raise MailboxTrouble(f"not stored: {type(error).__name__}") from error
    mailbox.mark(fetched.uid)
    if mail.state == InboundState.ENTERED:
        done.entered += 1
    else:
        done.parked += 1
