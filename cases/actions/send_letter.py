"""The customer asked for the letter that their lease is paid off: sent, and the case resolved."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import kinds
from cases.actions.change import change_status, locked, refuse_ended
from cases.actions.charges import locked_lease_of
from cases.enums import CaseStatus
from cases.models import Case, CaseMail
from leases.actions.paid_off import letter_mail, letter_of
from mail.outbound.enqueue import enqueue

#: The reason for a case and the outcome that this is about.
KIND, OUTCOME = kinds.PAID_OFF_LETTER, "letter_sent"


@transaction.atomic
def send_letter(*, case: Case, version: int, by: User, now: datetime) -> Case:
    """One email with the letter's link, in the case's conversation; the case ends with it.

    StaleCase; ValidationError `no_lease`, `no_letter` (another reason), `case_over`, `escalated`,
    `outcome_missing` (an administrator took it off), `no_schedule`, `not_paid_off` (says what is
    missing), `nothing_paid` (it was written off), `charges_undecided`.
    """
    lease = locked_lease_of(case, by)
    case = locked(case, version=version)
    refuse_ended(case)
    if case.kind_id != KIND:
        raise ValidationError(_("This case isn’t about a paid-off letter."), code="no_letter")
    if case.status == CaseStatus.ESCALATED and not by.supervises:
        raise ValidationError(
            _("A supervisor decides what happens next with an escalated case."), code="escalated"
        )
    if OUTCOME not in {each.key for each in kinds.outcomes_for(case.kind_id)}:
        raise ValidationError(_("Choose how the case ended."), code="outcome_missing")
    letter = letter_of(lease, now=now)
    case.customer_wrote_at = None
    case.save(update_fields=["customer_wrote_at"])
    entry = change_status(
        case, CaseStatus.RESOLVED, due_on=case.due_on, outcome=OUTCOME, by=by, now=now
    )
    link = CaseMail(case=case, entry=entry)
    mail = letter_mail(
        letter, key=f"paid_off:{letter.pk}:{entry.pk}", thread=case.number, links=(link,)
    )
    enqueue(mail, now=now)
    return case
