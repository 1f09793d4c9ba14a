"""One SMTP connection for many mails, and what the server's answers mean for each.

The commands are given one by one, because what a missing answer means depends on the command:
before the text was handed over nothing was sent, after it nobody knows.
"""

from __future__ import annotations

import re
import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Self, cast

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"  # this mail, not now
    NEVER = "never"  # this mail, not at all
    UNKNOWN = "unknown"  # the text was handed over and no answer came
    AWAY = "away"  # the server cannot be reached or does not answer
    REFUSING = "refusing"  # the server wants nothing from us
    WITHDRAWN = "withdrawn"  # nobody asked the server: the mail's reason is gone


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    stage: str = ""
    code: int | None = None
    why: str = ""

    @property
    def error(self) -> str:
        return f"{self.stage} {self.code or self.why}".strip()

    @property
    def ends_batch(self) -> bool:
        """The next mail would fare no better."""
        return self.outcome in {Outcome.UNKNOWN, Outcome.AWAY, Outcome.REFUSING}


SENT = Answer(Outcome.SENT)


NO_ANSWER = "no answer"


def judge(stage: str, code: int | None, why: str = NO_ANSWER) -> Answer:
    """`stage`: open, auth, mail, rcpt, data or text; `code` None: no answer, `why` says more."""
    if code is None or not 400 <= code < 600:  # what is no answer to a command is none
        outcome = Outcome.UNKNOWN if stage == "text" else Outcome.AWAY
        return Answer(outcome, stage, why=why)
    temporary = code < 500
    if stage in {"open", "auth"}:
        return Answer(Outcome.AWAY if temporary else Outcome.REFUSING, stage, code)
    if temporary:
        return Answer(Outcome.LATER, stage, code)
    return Answer(Outcome.REFUSING if stage == "mail" else Outcome.NEVER, stage, code)


class Channel:
    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._is_fresh = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self) -> Answer | None:
        """None when there is a connection; else why there is none."""
        if self._smtp is not None:
            return None
        backend = EmailBackend()  # for its reading of the settings: encryption and sign-in
        try:
            backend.open()
            smtp = cast(smtplib.SMTP, backend.connection)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            with suppress(OSError, smtplib.SMTPException):
                backend.close()
            stage = "auth" if isinstance(error, smtplib.SMTPAuthenticationError) else "open"
            return judge(stage, getattr(error, "smtp_code", None), _why(error))
        self._smtp, self._is_fresh = smtp, True
        return None

    def deliver(self, sender: str, recipient: str, text: bytes, *, seconds: float) -> Answer:
        """Hands over one mail; all of it takes no longer than `seconds`."""
        until = time.monotonic() + seconds
        reused = self._smtp is not None and not self._is_fresh
        answer = self._try(sender, recipient, text, until)
        if reused and answer.stage == "mail" and answer.code in {None, 421}:
            # Only the old connection had come to its end.
            answer = self._try(sender, recipient, text, until)
        return answer

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()

    def _try(self, sender: str, recipient: str, text: bytes, until: float) -> Answer:
        if (failed := self.open()) is not None:
            return failed
        smtp = cast(smtplib.SMTP, self._smtp)  # open() has just made it
        self._is_fresh = False
        stage = "mail"
        try:
            for stage, command, wanted in (
                ("mail", f"MAIL FROM:<{sender}>", {250}),
                ("rcpt", f"RCPT TO:<{recipient}>", {250, 251}),
                ("data", "DATA", {354}),
            ):
                _hurry(smtp, until)
                code, _ = smtp.docmd(command)
                if code not in wanted:
                    return self._refused(smtp, stage, code)
            _hurry(smtp, until)
            stage = "text"
            smtp.send(_LEADING_DOT.sub(b"..", text) + b".\r\n")
            code, _ = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return judge(stage, None, _why(error))
        return SENT if code == 250 else self._refused(smtp, stage, code)

    def _refused(self, smtp: smtplib.SMTP, stage: str, code: int) -> Answer:
        """The connection stays usable for the next mail, unless the server is leaving."""
        if code == 421:
            self._drop()
        else:
            try:
                smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()
        return judge(stage, code)

    def _drop(self) -> None:
        """Without a goodbye the server would not answer."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _hurry(smtp: smtplib.SMTP, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0 or smtp.sock is None:
        raise TimeoutError
    smtp.sock.settimeout(min(left, settings.EMAIL_TIMEOUT))


def _why(error: OSError) -> str:
    silent = isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected)
    return NO_ANSWER if silent else type(error).__name__
