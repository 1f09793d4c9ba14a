"""What becomes of a mail that may or may not have arrived.

Nobody can promise "exactly once" (RFC 1047): the answer to the last byte can get lost. So each mail
has one of two bounds.

- *At least once*, the rule: it goes out again under the same Message-ID. Better twice than never;
  but after `MOST_UNANSWERED` times it is uncertain too, for a server that stores and then hangs up
  would be given copies for days.
- *At most once*: it becomes uncertain and never goes out again by itself. These are
  - what opens an account: a second code or link would make the first one a riddle, and whoever
    waits for it asks for another;
  - notices that take something away (`MailKind.at_most_once`): a second copy reads as a second
    event (another agreement broken, another contract ended) and can be held against us or start a
    term anew. A supervisor asks, then decides.

Warnings ahead of a deadline and written confirmations of what was agreed are owed to the customer
and take nothing away: at least once.
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
