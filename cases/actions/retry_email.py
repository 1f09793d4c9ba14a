from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import EmailState
from cases.mail.again import address_now
from cases.mail.nudge import nudge_on_commit
from cases.mail.suppression import suppressed
from cases.models import Email


@transaction.atomic
def retry_email(*, email: Email, by: User, now: datetime) -> None:
    """Try a mail once more that did not arrive, at the customer's address as it is now.

    ValidationError `mail_not_failed`, `address_suppressed`.
    """
    if not by.works_cases:
        raise PermissionDenied
    email = Email.objects.select_for_update(of=("self",)).get(pk=email.pk)
    if email.state != EmailState.FAILED or email.is_secret:
        raise ValidationError(_("This mail is already on its way."), code="mail_not_failed")
    to = address_now(email)
    if suppressed([to]):
        raise ValidationError(
            _("This address takes no mail. Look into the address first."),
            code="address_suppressed",
        )
    try_again(email, to=to, now=now)


def try_again(email: Email, *, to: str, now: datetime) -> None:
    """In the caller's transaction. The Message-ID stays: should it arrive twice, that is seen."""
    email.state, email.to, email.error = EmailState.PENDING, to, ""
    email.attempts, email.next_attempt_at = 0, now
    email.save(update_fields=["state", "to", "error", "attempts", "next_attempt_at"])
    nudge_on_commit()
