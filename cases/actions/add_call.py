"""A call about an open case becomes an entry of it; the number read aloud leads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.answers import Answers, record_answers
from cases.actions.caller import THE_CUSTOMER, Caller, checked_caller, name_caller
from cases.actions.change import add_event, change_due, locked, refuse_past
from cases.actions.correct_caller import tell_of_corrections
from cases.actions.discard_call import refuse_discarded
from cases.actions.evidence import Kept, Upload, attach, kept, refuse_known, without_twins
from cases.actions.flags import lock_customers_cases
from cases.actions.kind_effects import carry_out, hold
from cases.actions.references import record_reference
from cases.actions.represented import note_letter, represent
from cases.actions.save_call import empty, refuse_unseen
from cases.actions.take_over_call import answered_by
from cases.actions.verify_caller import tell_of_call
from cases.enums import CUSTOMERS_SIDE, EntryKind, Visibility
from cases.events import CallAdded
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.message_added import MESSAGE_ADDED, MessageAddedParams
from cases.models import CallDraft, Case, Entry, HeldUpload
from cases.scripts.placeholders import refuse_gaps


@dataclass(frozen=True)
class AddedCall:
    """What the agent wrote down."""

    _: KW_ONLY
    channel: str
    language: str
    summary: str
    visibility: str = Visibility.INTERNAL
    due_on: date | None = None
    caller: Caller = THE_CUSTOMER
    answers: Answers = field(default_factory=dict)
    reference: str = ""


class _AlreadyAdded(Exception):
    pass


def add_call_to_case(
    *,
    draft: CallDraft,
    case: Case,
    call: AddedCall,
    files: Sequence[Upload | HeldUpload] = (),
    by: User,
    now: datetime,
    saved: int | None = None,
) -> Case:
    """Adds a logged call to an open case, with its files; a mail only if the customer reads it.

    Sent twice, it's one entry. `saved`: see `refuse_unseen`.
    ValidationError `call_finished` (it became part of another case), `call_discarded`,
    `call_changed`, `case_over`, those of `checked_caller`, `answer_questions` and `flag_case`,
    `script_gap`, `day_past`, `evidence_already_sent`, those of `record_reference`.
    """
    if not (by.works_cases and Case.objects.visible_to(by).filter(pk=case.pk).exists()):
        raise PermissionDenied
    if call.visibility == Visibility.PUBLIC:
        refuse_gaps(call.summary)
    if call.due_on:
        refuse_past(call.due_on, now)
    call = replace(call, caller=checked_caller(call.caller))
    files, twins = without_twins(files)
    params = {"refused": twins} if twins else {}
    try:
        with kept(files) as stored:
            return _add(draft, case, call, stored, params, by, now, saved)
    except _AlreadyAdded:
        return case


@transaction.atomic
def _add(
    draft: CallDraft,
    case: Case,
    call: AddedCall,
    files: Sequence[Kept],
    params: dict[str, Any],
    by: User,
    now: datetime,
    saved: int | None,
) -> Case:
    hold(case, case.lease)
    if call.caller.goes_through:
        lock_customers_cases(case)
    case = locked(case)
    draft = CallDraft.objects.select_for_update().get(pk=draft.pk)
    _refuse_finished(draft, case)
    refuse_unseen(draft, saved)
    refuse_known(case, files, visibility=call.visibility, by=by, now=now)
    entry = Entry.objects.create(
        case=case,
        kind=EntryKind.CALL,
        visibility=call.visibility,
        author=by,
        channel=call.channel,
        language=call.language,
        body=call.summary,
        params=params,
        at=now,
    )
    attach(entry, files)
    taken_by = answered_by(draft)
    added = CallAdded(number=draft.number, taken_by="" if taken_by == by else taken_by.name)
    # A store's or an attorney's call is not the customer's to see, unless the words are.
    theirs = call.caller.relation in CUSTOMERS_SIDE
    visibility = Visibility.PUBLIC if theirs else Visibility(call.visibility)
    add_event(case, added, by=by, now=now, visibility=visibility)
    name_caller(case, call.caller, by=by, now=now)
    tell_of_call(draft, case)
    tell_of_corrections(draft, case)
    if record_answers(case, call.answers, by=by, now=now):
        carry_out(case, is_new=False, by=by, now=now)
    if call.reference:
        record_reference(case, call.reference, by=by, now=now)
    draft.case = case
    empty(draft)
    change_due(case, call.due_on or case.due_on, by=by, now=now)
    if call.caller.represents:
        note_letter(case, call.caller.name, call.caller.represents, by=by, now=now)
        represent(case, call.caller.name, call.caller.represents, by=by, now=now)
    if entry.is_public:
        _tell(case, entry, by, now)
    return case


def _refuse_finished(draft: CallDraft, case: Case) -> None:
    if draft.case_id == case.pk:
        raise _AlreadyAdded
    if draft.case_id:
        raise ValidationError(_("This call already became a case."), code="call_finished")
    refuse_discarded(draft)
    if not case.is_active:
        raise ValidationError(
            _("This case has already ended. Open a new one, or reopen it first."),
            code="case_over",
        )


def _tell(case: Case, entry: Entry, by: User, now: datetime) -> None:
    """As any text that the customer reads; it answers what they wrote."""
    if case.customer_wrote_at:
        case.customer_wrote_at = None
        case.save(update_fields=["customer_wrote_at"])
    said = MessageAddedParams(
        **facts_now(case, now), author_name=by.name, message=entry.body, said_in=entry.language
    )
    key = f"message_added:{entry.pk}"
    enqueue_case_mail(MESSAGE_ADDED, said, case, key=key, entry=entry, now=now)
