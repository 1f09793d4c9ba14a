"""What becomes of a mail: before any server is asked, and by what one answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from accounts.sign_in import codes
from cases.enums import EmailState, TemplateKey
from cases.mail.obsolete import is_obsolete
from cases.mail.policy import AT_MOST_ONCE, MOST_UNANSWERED
from cases.models import Email
from cases.models.suppressed_address import SUPPRESSED
from mail import backoff
from mail.addresses import folded
from mail.answers import Answer, Outcome

#: The stage of a mail that could not be made, which says nothing of the server.
UNMADE = "render"


def ruled_out(mail: Email, now: datetime, held: set[str]) -> Answer | None:
    """What becomes of a mail that no server has to be asked about.

    `held`: addresses that get no mail, folded.
    """
    if folded(mail.to) in held:
        return Answer(Outcome.NEVER, SUPPRESSED)
    lifetime = _lifetime(mail.template.key)
    if lifetime is not None and mail.created_at + lifetime <= now:
        return Answer(Outcome.NEVER, "expired")
    if is_obsolete(mail, now):
        return Answer(Outcome.WITHDRAWN, "obsolete")
    return None


def unmade(error: Exception) -> Answer:
    """Of a mail that only somebody can put right: it must not stop the others."""
    return Answer(Outcome.NEVER, UNMADE, why=type(error).__name__)


def state_after(mail: Email, answer: Answer) -> tuple[EmailState, str]:
    """With the error to keep."""
    if answer.outcome == Outcome.SENT:
        return EmailState.SENT, ""
    if answer.outcome == Outcome.NEVER:
        return EmailState.FAILED, answer.error
    if answer.outcome == Outcome.WITHDRAWN:
        return EmailState.WITHDRAWN, answer.error
    if answer.outcome == Outcome.UNKNOWN and (
        mail.template.key in AT_MOST_ONCE or mail.unanswered + 1 >= MOST_UNANSWERED
    ):
        return EmailState.UNCERTAIN, answer.error
    if mail.attempts >= backoff.MOST_ATTEMPTS:
        return EmailState.FAILED, f"gave_up {answer.error}"
    return EmailState.PENDING, answer.error


def _lifetime(template: str) -> timedelta | None:
    """How long what a mail carries opens anything."""
    if template == TemplateKey.SIGN_IN_CODE:
        return timedelta(minutes=codes.MINUTES)
    if template == TemplateKey.PASSWORD_RESET:
        return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return None
