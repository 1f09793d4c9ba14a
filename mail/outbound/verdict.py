"""The fate of a mail: before any server is asked, and after one answered."""

from __future__ import annotations

from datetime import datetime

from mail import backoff
from mail.addresses import folded
from mail.answers import Answer, Outcome
from mail.enums import EmailState
from mail.models import Email
from mail.models.suppressed_address import SUPPRESSED
from mail.outbound.policy import MOST_UNANSWERED, is_at_most_once
from mail.recipients import ATTORNEY, NO_ADDRESS, Recipient

#: The stage of a mail that couldn't be built, which says nothing about the server.
UNMADE = "render"


def ruled_out(mail: Email, now: datetime, held: set[str], due: Recipient) -> Answer | None:
    """The fate of a mail that needs no server to decide it.

    `held`: addresses that get no mail, folded. `due`: who has to get it.
    """
    if folded(mail.to) in held:
        return Answer(Outcome.NEVER, SUPPRESSED)
    kind = mail.kind
    if kind.lifetime is not None and mail.created_at + kind.lifetime() <= now:
        return Answer(Outcome.NEVER, "expired")
    if not (mail.is_test or mail.is_again or kind.is_still_true(mail, now)):
        return Answer(Outcome.WITHDRAWN, "obsolete")
    if due.to:
        return None
    return Answer(Outcome.NEVER, due.why or (ATTORNEY if due.care_of else NO_ADDRESS))


def unmade(error: Exception) -> Answer:
    """For a mail that only a person can put right: it must not stop the others."""
    return Answer(Outcome.NEVER, UNMADE, why=type(error).__name__)


def state_after(mail: Email, answer: Answer) -> tuple[EmailState, str]:
    """The mail's next state, and the error to keep."""
    if answer.outcome == Outcome.SENT:
        return EmailState.SENT, ""
    if answer.outcome == Outcome.NEVER:
        return EmailState.FAILED, answer.error
    if answer.outcome == Outcome.WITHDRAWN:
        return EmailState.WITHDRAWN, answer.error
    if answer.outcome == Outcome.UNKNOWN and (
        is_at_most_once(mail.kind) or mail.unanswered + 1 >= MOST_UNANSWERED
    ):
        return EmailState.UNCERTAIN, answer.error
    if mail.attempts >= backoff.MOST_ATTEMPTS:
        return EmailState.FAILED, f"gave_up {answer.error}"
    return EmailState.PENDING, answer.error
