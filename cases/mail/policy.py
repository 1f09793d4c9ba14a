"""What becomes of a mail that may or may not have arrived. Pure.

Nobody can promise "exactly once" (RFC 1047): the answer to the last byte can get lost. So each mail
has one of two bounds.

- *At least once*, the rule: it goes out again under the same Message-ID. Better twice than never;
  but after `MOST_UNANSWERED` times it is uncertain too, for a server that stores and then hangs up
  would be given copies for days.
- *At most once*: it becomes uncertain and never goes out again by itself. These are
  - what opens an account: a second code or link would make the first one a riddle, and whoever
    waits for it asks for another;
  - notices that take something away, in `NOTICES`: a second copy reads as a second event (another
    agreement broken, another contract ended) and can be held against us or start a term anew. A
    supervisor asks, then decides.

Warnings ahead of a deadline and written confirmations of what was agreed are owed to the customer
and take nothing away: at least once.
"""

from __future__ import annotations

from cases.enums import TemplateKey

SECRETS = frozenset({TemplateKey.SIGN_IN_CODE, TemplateKey.PASSWORD_RESET})
NOTICES = frozenset(
    {
        TemplateKey.APPROVAL_EXPIRED,
        TemplateKey.CONTRACTS_EXPIRED,
        TemplateKey.PROMISE_BROKEN,
        TemplateKey.PLAN_CANCELLED,
    }
)
AT_MOST_ONCE = SECRETS | NOTICES
MOST_UNANSWERED = 3
