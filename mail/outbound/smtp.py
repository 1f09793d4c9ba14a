"""One SMTP connection for many mails.

The commands are sent one by one, because a missing answer means something different for each:
before the text was sent, nothing was sent; after it, no one knows.
"""

from __future__ import annotations

import math
import re
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, Self, cast

from django.conf import settings

from mail.answers import NO_ANSWER, SENT, Answer, Outcome, judge
from mail.models import Email
from mail.models.mail_channel import SMTP
from mail.outbound.message import envelope_recipient, envelope_sender, message
from mail.smtp_connection import Backend, Connection, hurry

#: If a mail has less time left than this, no further step is begun.
LEAST = 0.05
#: After the final dot, a server may check the mail before it answers; a sender that doesn't wait
#: for that sends it twice (RFC 5321, 4.5.3.2.6). So this waits that many times EMAIL_TIMEOUT
#: longer, a minute in all.
PATIENCE = 2
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class OutgoingLetter(NamedTuple):
    sender: str
    recipient: str
    text: bytes


class SmtpChannel:
    name = SMTP

    def __init__(self) -> None:
        self._smtp: Connection | None = None
        self._is_fresh = False
        self._least = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self, *, seconds: float = math.inf) -> Answer | None:
        """None if there is a connection; otherwise why not."""
        if self._smtp is not None:
            return None
        backend = Backend(timeout=min(seconds, settings.EMAIL_TIMEOUT))
        try:
            backend.open()
            smtp = cast(Connection, backend.connection)
            smtp.ehlo_or_helo_if_needed()
        except UnicodeError as error:  # a name or a password that smtplib can't send
            with suppress(OSError, smtplib.SMTPException):
                backend.close()
            return Answer(Outcome.REFUSING, "auth", why=type(error).__name__)
        except (OSError, smtplib.SMTPException) as error:
            with suppress(OSError, smtplib.SMTPException):
                backend.close()
            stage = "auth" if isinstance(error, smtplib.SMTPAuthenticationError) else "open"
            return judge(stage, getattr(error, "smtp_code", None), _why(error))
        self._smtp, self._is_fresh = smtp, True
        return None

    def prepare(self, mail: Email) -> OutgoingLetter:
        """Raises what `message` and `recipient` raise for a mail that can't be built."""
        return OutgoingLetter(envelope_sender(mail), envelope_recipient(mail), message(mail))

    def deliver(
        self, letter: OutgoingLetter, *, seconds: float, hold: Callable[[], bool]
    ) -> Answer:
        """Sends one mail within `seconds`; only the last answer may take that long again.

        Before that wait it calls `hold`; False means no one waits for the answer anymore.
        """

        def longer() -> float:
            return min(seconds, settings.EMAIL_TIMEOUT * PATIENCE) if hold() else 0.0

        until, self._least = time.monotonic() + seconds, seconds * LEAST
        reused = self._smtp is not None and not self._is_fresh
        answer = self._try(letter, until, longer)
        if reused and answer.stage == "mail" and answer.code in {None, 421}:
            # Only the old connection was at its end.
            answer = self._try(letter, until, longer)
        return answer

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._listen(smtp, time.monotonic() + settings.EMAIL_TIMEOUT, least=0)
                smtp.quit()

    def _try(self, letter: OutgoingLetter, until: float, longer: Callable[[], float]) -> Answer:
        left = until - time.monotonic()
        if left <= self._least:
            return judge("open", None)
        if (failed := self.open(seconds=left)) is not None:
            return failed
        smtp = cast(Connection, self._smtp)  # open() has just made it
        self._is_fresh = False
        stage = "mail"
        try:
            for stage, command, wanted in (
                ("mail", f"MAIL FROM:<{letter.sender}>", {250}),
                ("rcpt", f"RCPT TO:<{letter.recipient}>", {250, 251}),
                ("data", "DATA", {354}),
            ):
                self._listen(smtp, until)
                code, said = smtp.docmd(command)
                if code not in wanted:
                    return self._refused(smtp, stage, code, said)
            self._listen(smtp, until)
            stage = "text"
            smtp.send(_LEADING_DOT.sub(b"..", letter.text) + b".\r\n")
            self._listen(smtp, until, least=0)  # a long text took its time
            smtp.longer = longer
            code, said = smtp.getreply()
            smtp.longer = None
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return judge(stage, None, _why(error))
        return SENT if code == 250 else self._refused(smtp, stage, code, said)

    def _listen(self, smtp: Connection, until: float, *, least: float | None = None) -> None:
        """Everything after this must end by then; TimeoutError if that is hardly possible."""
        if smtp.sock is None:
            raise TimeoutError
        hurry(smtp.sock, until, least=self._least if least is None else least)
        smtp.until = min(until, time.monotonic() + settings.EMAIL_TIMEOUT)

    def _refused(self, smtp: Connection, stage: str, code: int, said: bytes) -> Answer:
        """The connection can be used for the next mail, unless the server is closing it."""
        if code == 421:
            self._drop()
        else:
            try:
                smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()
        return judge(stage, code, said=said.decode("ascii", "replace"))

    def _drop(self) -> None:
        """Without a QUIT, which the server wouldn't answer."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _why(error: OSError) -> str:
    silent = isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected)
    return NO_ANSWER if silent else type(error).__name__
