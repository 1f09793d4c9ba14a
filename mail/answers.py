"""What a mail server's or a provider's answer means for a mail and for the ones behind it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import partial

#: "5.1.1" at the start of an answer: RFC 3463.
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
#: It is us or the text that is refused, not the address.
_POLICY = "5.7."
#: The server's own trouble: its disk, its load.
_SYSTEM = "4.3."
_LEAVING = 421


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
    status: str = ""  # RFC 3463
    remote_id: str = ""  # how a provider calls the mail

    @property
    def error(self) -> str:
        return " ".join(
            str(part) for part in (self.stage, self.code or self.why, self.status) if part
        )

    @property
    def ends_batch(self) -> bool:
        """The next mail would fare no better."""
        return self.outcome in {Outcome.UNKNOWN, Outcome.AWAY, Outcome.REFUSING}

    @property
    def names_the_address(self) -> bool:
        """No mail reaches this address, not only this one."""
        refused = self.outcome == Outcome.NEVER and self.stage == "rcpt"
        return refused and not self.is_about_us

    @property
    def is_about_us(self) -> bool:
        return self.status.startswith(_POLICY)

    @property
    def refuses_recipient(self) -> bool:
        """By SMTP: a provider says clearly whether it means us or the address."""
        return self.outcome == Outcome.NEVER and self.stage == "rcpt" and self.code is not None

    @property
    def turns_us_away(self) -> bool:
        """Not now, and that says nothing of this mail: MAIL comes before the recipient is named."""
        if self.outcome != Outcome.LATER or self.code is None or self.stage == "provider":
            return False
        at_the_door = self.code == _LEAVING or self.stage == "mail"
        return at_the_door or self.status.startswith(_SYSTEM)

    @property
    def may_have_arrived(self) -> bool:
        return self.outcome in {Outcome.SENT, Outcome.UNKNOWN}

    @property
    def takes_recipient(self) -> bool:
        return self.outcome == Outcome.SENT or self.stage in {"data", "text"}


SENT = Answer(Outcome.SENT)
NO_ANSWER = "no answer"


def judge(stage: str, code: int | None, why: str = NO_ANSWER, *, said: str = "") -> Answer:
    """The table of SMTP.

    `stage`: open, auth, mail, rcpt, data or text; `code` None: no answer, `why` says more; `said`:
    the words behind the code.
    """
    if code is None or not 400 <= code < 600:  # what is no answer to a command is none
        outcome = Outcome.UNKNOWN if stage == "text" else Outcome.AWAY
        return Answer(outcome, stage, why=why)
    found = _STATUS.match(said)
    answer = partial(Answer, stage=stage, code=code, status=found[1] if found else "")
    temporary = code < 500
    if stage in {"open", "auth"}:
        return answer(Outcome.AWAY if temporary else Outcome.REFUSING)
    if temporary:
        return answer(Outcome.LATER)
    return answer(Outcome.REFUSING if stage == "mail" else Outcome.NEVER)
