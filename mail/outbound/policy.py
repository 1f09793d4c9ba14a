"""What to do with a mail that may or may not have arrived.

No one can promise "exactly once" (RFC 1047): the answer to the last byte can get lost. So each mail
follows one of two rules.

- *At least once*, for most: it's sent again with the same Message-ID. Better twice than never; but
  after `MOST_UNANSWERED` times it's uncertain too, because a server that stores the mail and then
  hangs up would get copies for days.
- *At most once*: it becomes uncertain and is never sent again automatically. These are
  - mails that open an account: a second code or link would raise the question which one works, and
    a person who waits for it asks for another;
  - notices that take something away (`MailKind.at_most_once`): a second copy reads like a second
    event (another broken agreement, another ended lease), and could be held against us or restart a
    deadline. A supervisor asks, then decides.

Warnings ahead of a deadline and written confirmations of an agreement are owed to the customer and
take nothing away: at least once.
"""

from __future__ import annotations

from typing import Any

from mail import kinds
from mail.kinds import MailKind

MOST_UNANSWERED = 3


def is_at_most_once(kind: MailKind[Any]) -> bool:
    return kind.is_secret or kind.at_most_once


def at_most_once() -> list[str]:
    """The keys of those mails."""
    return [kind.key for kind in kinds.all_kinds() if is_at_most_once(kind)]
