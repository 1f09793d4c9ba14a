"""What a mail server's or a provider's answer means for this mail and the ones after it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import partial

#: "5.1.1" at the start of an answer: RFC 3463.
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
#: The server refuses us or the text, not the address.
_POLICY = "5.7."
#: The server's own trouble: its disk, its load.
_SYSTEM = "4.3."
_LEAVING = 421


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"  # not this mail, for now
    NEVER = "never"  # not this mail, ever
    UNKNOWN = "unknown"  # the text was sent and no answer came
    AWAY = "away"  # the server can't be reached or doesn't answer
    REFUSING = "refusing"  # the server accepts nothing from us
    WITHDRAWN = "withdrawn"  # the server wasn't asked: the reason for the mail is gone


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    stage: str = ""
    code: int | None = None
    why: str = ""
    status: str = ""  # RFC 3463
    remote_id: str = ""  # the provider's id for the mail

    @property
    def error(self) -> str:
        return " ".join(
            str(part) for part in (self.stage, self.code or self.why, self.status) if part
        )

    @property
    def ends_batch(self) -> bool:
        """The next mail would do no better."""
        return self.outcome in {Outcome.UNKNOWN, Outcome.AWAY, Outcome.REFUSING}

    @property
    def names_the_address(self) -> bool:
        """No mail can reach this address, not just this one."""
        refused = self.outcome == Outcome.NEVER and self.stage == "rcpt"
        return refused and not self.is_about_us

    @property
    def is_about_us(self) -> bool:
        return self.status.startswith(_POLICY)

    @property
    def refuses_recipient(self) -> bool:
        """For SMTP: a provider says clearly whether it refuses us or the address."""
        return self.outcome == Outcome.NEVER and self.stage == "rcpt" and self.code is not None

    @property
    def turns_us_away(self) -> bool:
        """Not now, and not because of this mail: MAIL comes before the recipient is named."""
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
    """Judges an SMTP answer.

    `stage`: open, auth, mail, rcpt, data or text. `code`: None if there was no answer; `why` says
    more. `said`: the words after the code.
    """
    if code is None or not 400 <= code < 600:  # a reply that answers no command is no answer
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
