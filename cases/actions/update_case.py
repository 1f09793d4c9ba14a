from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import kinds, lifecycle
from cases.actions.add_entries import add_entry
from cases.actions.change import change_due, change_status, locked, refuse_past
from cases.actions.evidence import Kept, Upload, attach, kept, refuse_known, without_twins
from cases.actions.reopen import go_on
from cases.enums import CaseStatus, Channel, EntryKind, Visibility
from cases.mails.attorneys import reaches_no_one
from cases.mails.base import CaseParams, enqueue_case_mail, facts_now
from cases.mails.message_added import MESSAGE_ADDED, MessageAddedParams
from cases.mails.resolved import RESOLVED, ResolvedParams
from cases.mails.status_changed import STATUS_CHANGED
from cases.models import Case, Entry, HeldUpload
from cases.scripts.placeholders import refuse_gaps
from common.company_day import business_day


@dataclass(frozen=True)
class Update:
    """What an agent saves: text, files, a new status (with the outcome of the case), a day."""

    _: KW_ONLY
    body: str = ""
    visibility: str = Visibility.INTERNAL
    language: str = ""
    to_status: str = ""
    outcome: str = ""  # the key of a CaseOutcome; required with RESOLVED
    due_on: date | None = None


def update_case(
    *,
    case: Case,
    version: int,
    update: Update,
    files: Sequence[Upload | HeldUpload] = (),
    by: User,
    now: datetime,
) -> Case:
    """Saves a case: all of it or nothing, with at most one mail to the customer.

    A status that the customer is told about needs a sentence for them, unless they have no address;
    resolving needs an outcome that the kind offers and a sentence in their language.
    StaleCase if the case changed after `version`; ValidationError `case_transition`, `escalated`
    (an agent moving what a supervisor decides), `update_empty`, `script_gap` (only if the customer
    reads it), `status_reader`, `status_reason`, `outcome_missing`, `outcome_language`, `day_past`,
    `charges_undecided`, `evidence_not_stored`, `evidence_already_sent`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not (update.body or files or update.to_status or update.due_on):
        raise ValidationError(
            _(
                "There’s nothing to save yet. Write something, add a file or change the status "
                "or date."
            ),
            code="update_empty",
        )
    if update.visibility == Visibility.PUBLIC:
        refuse_gaps(update.body)
    files, twins = without_twins(files)
    params = {"refused": twins} if twins else {}
    with kept(files) as stored:
        return _update(case, version, update, stored, params, by, now)


@transaction.atomic
def _update(
    case: Case,
    version: int,
    update: Update,
    files: Sequence[Kept],
    params: dict[str, Any],
    by: User,
    now: datetime,
) -> Case:
    case = locked(case, version=version)
    if case.status == CaseStatus.ESCALATED and update.to_status and not by.supervises:
        raise ValidationError(
            _("A supervisor decides what happens next with an escalated case."), code="escalated"
        )
    _refuse_untold(case, update)
    refuse_known(case, files, visibility=update.visibility, by=by, now=now)
    if update.due_on:
        refuse_past(update.due_on, now)
    due_on = update.due_on or case.due_on
    words = None
    if update.body or files:
        words = add_entry(
            case=case,
            kind=_kind(update),
            visibility=update.visibility,
            author=by,
            channel=Channel.WEB if update.visibility == Visibility.PUBLIC else "",
            language=update.language if update.body else "",
            body=update.body,
            params=params,
            at=now,
        )
        attach(words, files)
    moved = None
    if update.to_status:
        to_status = CaseStatus(update.to_status)
        if not case.is_active and to_status in lifecycle.ACTIVE:
            kept_day = due_on if due_on >= business_day(now) else None  # else it was long ago
            moved = go_on(case, due_on=kept_day, by=by, now=now)
        else:
            moved = change_status(
                case, to_status, due_on=due_on, outcome=update.outcome, by=by, now=now
            )
    else:
        change_due(case, due_on, by=by, now=now)
    if case.customer_wrote_at and (moved or (words and words.is_public)):
        case.customer_wrote_at = None  # an internal note is no answer
        case.save(update_fields=["customer_wrote_at"])
    _tell_customer(case, words, moved, by, now)
    return case


def _refuse_untold(case: Case, update: Update) -> None:
    """No one moves a case without telling its customer, or ends it without an outcome."""
    resolves = update.to_status == CaseStatus.RESOLVED
    offered = {each.key for each in kinds.outcomes_for(case.kind_id)} if resolves else {""}
    if update.outcome not in offered:
        raise ValidationError(_("Choose how the case ended."), code="outcome_missing")
    if update.to_status not in lifecycle.TOLD or (not resolves and reaches_no_one(case)):
        return
    if update.visibility != Visibility.PUBLIC:
        raise ValidationError(
            _(
                "%(name)s will get an email about the new status. Choose “%(name)s” here and "
                "write a sentence that says why. To save only a note, don’t change the status."
            ),
            code="status_reader",
            params={"name": case.person.name},
        )
    if not update.body:
        raise ValidationError(
            _(
                "The customer will get an email about the new status. Write them a sentence "
                "that says why."
            ),
            code="status_reason",
        )
    if resolves and update.language != case.person.language:
        raise ValidationError(
            _("Say how the case ended, in the customer’s language."),
            code="outcome_language",
        )


def _kind(update: Update) -> EntryKind:
    if not update.body:
        return EntryKind.EVIDENCE
    return EntryKind.MESSAGE if update.visibility == Visibility.PUBLIC else EntryKind.NOTE


def _tell_customer(
    case: Case, words: Entry | None, moved: Entry | None, by: User, now: datetime
) -> None:
    """A message includes the status, so a save that does both is one mail, not two.

    Files without text are news as well: the mail links to the page that shows them.
    """
    said = words if words and words.is_public else None
    if said and moved and case.status == CaseStatus.RESOLVED:
        ended = ResolvedParams(
            **facts_now(case, now),
            outcome=moved.params["outcome"],
            answer=said.body,
            author_name=by.name,
            said_in=said.language,
        )
        key = f"resolved:{moved.pk}"
        enqueue_case_mail(RESOLVED, ended, case, key=key, entry=said, now=now)
    elif said and said.body:
        message = MessageAddedParams(
            **facts_now(case, now), author_name=by.name, message=said.body, said_in=said.language
        )
        key = f"message_added:{said.pk}"
        enqueue_case_mail(MESSAGE_ADDED, message, case, key=key, entry=said, now=now)
    elif said:
        changed = CaseParams(**facts_now(case, now))
        key = f"status_changed:{said.pk}"
        enqueue_case_mail(STATUS_CHANGED, changed, case, key=key, entry=said, now=now)
