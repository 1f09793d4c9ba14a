"""An engine for development, tests and the demo: the email address says what it answers.

After a plus sign in the local part: `carla+denied@example.com`. A second word after a dash is the
answer once more data came: `carla+prequalified-denied@example.com`; without one it's an approval.
`down` gives no answer. Any other address is approved.
"""

from __future__ import annotations

from decimal import Decimal

from leases.engine.contract import Application, Decision, EngineDown
from leases.enums import LeaseStatus as S

LIMIT = Decimal("1500.00")
_WORDS = {
    "denied": S.DENIED,
    "preapproved": S.PRE_APPROVED,
    "prequalified": S.PREQUALIFIED,
    "approved": S.APPROVED,
}


def decide(application: Application) -> Decision:
    words = application.email.partition("@")[0].partition("+")[2].split("-")
    word = words[0]
    if application.data:
        word = words[1] if len(words) > 1 else "approved"
    if word == "down":
        raise EngineDown("sandbox")
    status = _WORDS.get(word, S.APPROVED)
    return Decision(status, LIMIT if status == S.APPROVED else None)
