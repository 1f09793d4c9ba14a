"""A call that settles everything: its case is opened and resolved at once."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import kinds
from cases.actions.add_entries import add_entry
from cases.actions.call_taken import Call
from cases.actions.change import change_status
from cases.enums import CaseStatus, Channel, EntryKind, Visibility
from cases.mails.attorneys import recipient_of
from cases.models import Case


def check_resolution(call: Call) -> None:
    """The rules of resolving a case: an outcome its kind offers, and a sentence for the customer.

    ValidationError `outcome_missing`, `outcome_escalated`, `outcome_asks` (something is
    still being asked for), `status_reason`, `outcome_unconfirmed` (no mail would say so).
    """
    if not call.outcome:
        return
    if call.escalation:
        raise ValidationError(
            _(
                "A supervisor decides about open cases only. Leave the case open, or clear what"
                " you wrote to the supervisor."
            ),
            code="outcome_escalated",
        )
    if call.outcome not in {each.key for each in kinds.outcomes_for(call.kind)}:
        raise ValidationError(_("Choose how the case ended."), code="outcome_missing")
    if call.asked_for:
        raise ValidationError(
            _(
                "You’re still asking for something, so the case can’t be resolved yet. Mark it as"
                " received or not needed, or leave the case open."
            ),
            code="outcome_asks",
        )
    if not call.message:
        raise ValidationError(
            _("The email says that the case is resolved. Write a sentence that says how."),
            code="status_reason",
        )
    if not call.is_confirmed:
        raise ValidationError(
            _("The customer gets in writing how the case ended. Save and send."),
            code="outcome_unconfirmed",
        )


def resolve(case: Case, call: Call, *, by: User, now: datetime) -> None:
    """The sentence and the outcome, where the customer reads them in the portal, too.

    ValidationError `outcome_untold`: nobody has an address for it, and no one said how they hear.
    """
    has_address = bool(recipient_of(case).to)
    if not has_address and not call.told_how:
        raise ValidationError(
            _("There’s no email address. Read it to them now or send a letter, and say which."),
            code="outcome_untold",
        )
    add_entry(
        case=case,
        kind=EntryKind.MESSAGE,
        visibility=Visibility.PUBLIC,
        author=by,
        channel=Channel.WEB,
        language=case.person.language,
        body=call.message,
        at=now,
    )
    change_status(
        case,
        CaseStatus.RESOLVED,
        due_on=case.due_on,
        outcome=call.outcome,
        told_how="" if has_address else call.told_how,
        by=by,
        now=now,
    )
