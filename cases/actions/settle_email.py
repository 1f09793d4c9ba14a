from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import CaseMail, DeadlineMail
from cases.queries.case_mails import address_now
from leases.models import LeaseMail
from mail.enums import EmailState, Settlement
from mail.models import Email
from mail.outbound.nudge import nudge_on_commit


@transaction.atomic
def settle_email(*, email: Email, settlement: Settlement, by: User, now: datetime) -> None:
    """Decides what to do about a mail that may or may not have arrived.

    `RESENT` writes a second mail with the same words; the first stays as it is. ValidationError
    `mail_settled` if someone else was faster.
    """
    if not by.supervises:
        raise PermissionDenied
    email = Email.objects.select_for_update(of=("self",)).get(pk=email.pk)
    if not Email.objects.undecided().filter(pk=email.pk).exists():
        raise ValidationError(
            _("Someone else already decided what to do with this email."), code="mail_settled"
        )
    email.settlement, email.settled_by, email.settled_at = settlement, by, now
    email.save(update_fields=["settlement", "settled_by", "settled_at"])
    if settlement == Settlement.RESENT:
        _again(email, now)


def _again(email: Email, now: datetime) -> None:
    """The text, language and parameters as they were; the customer's address as it is now."""
    again = Email.objects.create(
        key=f"again:{email.pk}",
        template_id=email.template_id,
        language=email.language,
        to=address_now(email),
        params=email.params,
        thread=email.thread,
        is_test=email.is_test,
        is_again=True,
        state=EmailState.PENDING,
        next_attempt_at=now,
        created_at=now,
    )
    for model in (LeaseMail, CaseMail, DeadlineMail):
        for link in model.objects.filter(pk=email.pk):
            link.pk = again.pk
            link.save(force_insert=True)
    nudge_on_commit()
