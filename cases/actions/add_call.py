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
from cases import lifecycle
from cases.actions.answers import Answers, record_answers
from cases.actions.call_entry import add_call_entry, settle_call_back, tell_who_called
from cases.actions.caller import THE_CUSTOMER, Caller, checked_caller
from cases.actions.change import (
    add_event,
    change_due,
    locked,
    refuse_merged,
    refuse_past,
    wake_on_reply,
)
from cases.actions.discard_call import refuse_discarded
from cases.actions.escalate import escalate
from cases.actions.evidence import Kept, Upload, attach, kept, refuse_known, without_twins
from cases.actions.flags import lock_customers_cases
from cases.actions.kind_effects import carry_out, hold
from cases.actions.references import record_reference
from cases.actions.represented import note_letter, represent
from cases.actions.save_call import empty, refuse_unseen
from cases.actions.take_over_call import answered_by
from cases.enums import CUSTOMERS_SIDE, SnoozeEnd, Visibility
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
    # Why a supervisor needs to decide; empty if none does.
    escalation: str = ""


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
    `call_changed`, `case_over`, `case_merged`, `case_escalated`, those of `checked_caller`,
    `answer_questions` and `flag_case`, `script_gap`, `day_past`,
    `evidence_already_sent`, those of `record_reference`.
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
    _refuse_escalated(case, call)
    refuse_unseen(draft, saved)
    refuse_known(case, files, visibility=call.visibility, by=by, now=now)
    entry = add_call_entry(case, call, params, by, now)
    attach(entry, files)
    _tell_colleagues(draft, case, call, by, now)
    wake_on_reply(case, SnoozeEnd.CALL_CAME, by=by, now=now)
    if record_answers(case, call.answers, in_call=True, by=by, now=now):
        carry_out(case, is_new=False, by=by, now=now)
    if call.reference:
        record_reference(case, call.reference, by=by, now=now)
    draft.case = case
    empty(draft)
    settle_call_back(draft, case, call, by=by, now=now)
    change_due(case, call.due_on or case.due_on, by=by, now=now)
    if call.caller.represents:
        note_letter(case, call.caller.name, call.caller.represents, by=by, now=now)
        represent(case, call.caller.name, call.caller.represents, by=by, now=now)
    if entry.is_public:
        _tell(case, entry, by, now)
    if call.escalation:
        case = escalate(case=case, reason=call.escalation, by=by, now=now).case
    return case


def _refuse_finished(draft: CallDraft, case: Case) -> None:
    if draft.case_id == case.pk:
        raise _AlreadyAdded
    if draft.case_id:
        raise ValidationError(_("This call already became a case."), code="call_finished")
    refuse_discarded(draft)
    refuse_merged(case)
    if not case.is_active:
        raise ValidationError(
            _("This case has already ended. Open a new one, or reopen it first."),
            code="case_over",
        )


def _refuse_escalated(case: Case, call: AddedCall) -> None:
    if call.escalation and case.status not in lifecycle.ESCALATABLE:
        raise ValidationError(
            _(
                "A supervisor already has this case. Clear what you wrote to the supervisor, and"
                " put it into what was said."
            ),
            code="case_escalated",
        )


def _tell_colleagues(
    draft: CallDraft, case: Case, call: AddedCall, by: User, now: datetime
) -> None:
    """That the call was added, who called, and what was verified and corrected in it."""
    taken_by = answered_by(draft)
    added = CallAdded(number=draft.number, taken_by="" if taken_by == by else taken_by.name)
    # A store's or an attorney's call is not the customer's to see, unless the words are.
    theirs = call.caller.relation in CUSTOMERS_SIDE
    visibility = Visibility.PUBLIC if theirs else Visibility(call.visibility)
    add_event(case, added, by=by, now=now, visibility=visibility)
    tell_who_called(draft, case, call, by=by, now=now)


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
