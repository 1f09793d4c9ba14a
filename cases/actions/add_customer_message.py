from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines
from cases.actions import asked_items
from cases.actions.add_entries import add_entry
from cases.actions.change import (
    cancel_follow_ups,
    change_status,
    locked_where_it_goes_on,
    touch,
    wake_on_reply,
)
from cases.actions.customer_limits import counted
from cases.actions.evidence import Kept, Upload, attach, kept, refuse_known, without_twins
from cases.enums import (
    CancelReason,
    CaseStatus,
    Channel,
    EntryKind,
    FollowUpText,
    LanguageSource,
    SnoozeEnd,
    Visibility,
)
from cases.language import Guess, guess
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.evidence_received import EVIDENCE_RECEIVED, EvidenceReceivedParams
from cases.models import Case, Entry, HeldUpload
from cases.queries.asked_for import asked_for
from common.company_day import company_zone

#: A message from the customer hands the case back to us.
TAKES_BACK = frozenset({CaseStatus.WAITING_CUSTOMER, CaseStatus.RESOLVED, CaseStatus.CLOSED})


def add_customer_message(
    *,
    case: Case,
    body: str,
    files: Sequence[Upload | HeldUpload] = (),
    answers: str | None = None,
    by: User,
    now: datetime,
) -> Case:
    """Records what a customer writes or sends in the portal; no one asks them in which language.

    `answers`: the slot the files are for, "" for none that was requested; None if no one said.
    ValidationError `update_empty`, `evidence_already_sent`, `too_many_messages`.
    """
    if case.person.user_id != by.pk:
        raise PermissionDenied
    if not (body or files):
        raise ValidationError(_("Write a message or choose a file."), code="update_empty")
    guessed = guess_of(body, case)
    files, twins = without_twins(files)
    within_limits = counted(case.person, files=len(files), now=now)
    with within_limits, kept(files) as stored, transaction.atomic():
        case = locked_where_it_goes_on(case)
        refuse_known(case, stored, visibility=Visibility.PUBLIC, by=by, now=now)
        add_words(
            case,
            body=body,
            guessed=guessed,
            files=stored,
            answers=answers,
            channel=Channel.WEB,
            params={"refused": twins} if twins else {},
            by=by,
            now=now,
        )
    return case


def guess_of(body: str, case: Case) -> Guess:
    """Called before the case is locked: a process's first guess loads its language data."""
    return guess(body, otherwise=case.person.language)


def language_of(body: str, case: Case) -> str:
    """The language of text that a form has asked about."""
    return guess_of(body, case).language if body else ""


def source_of(guessed: Guess) -> LanguageSource:
    return LanguageSource.GUESSED if guessed.is_sure else LanguageSource.UNDECIDED


def add_words(
    case: Case,
    *,
    body: str,
    guessed: Guess,
    files: Sequence[Kept],
    channel: Channel,
    by: User,
    now: datetime,
    answers: str | None = None,
    params: dict[str, Any] | None = None,
) -> Entry:
    """Records what a customer says, by whatever way, on a case from `locked`: it's our turn again.

    No one is reminded of something they may have just sent.
    """
    item = asked_items.answered(case, answers) if files else None
    entry = add_entry(
        case=case,
        kind=EntryKind.MESSAGE if body else EntryKind.EVIDENCE,
        visibility=Visibility.PUBLIC,
        author=by,
        channel=channel,
        language=guessed.language if body else "",
        language_source=source_of(guessed) if body else LanguageSource.CHOSEN,
        body=body,
        params=(params or {}) | ({"answers": item.slot_id} if item else {}),
        at=now,
    )
    sent = attach(entry, files)
    if item:
        asked_items.receive(item, sent, now=now)
    came = SnoozeEnd.CUSTOMER_WROTE if body else SnoozeEnd.FILES_CAME
    due_on = deadlines.next_update(now, company_zone()) if case.status in TAKES_BACK else None
    wake_on_reply(case, came, by=None, now=now, step_on=due_on)
    if due_on:
        change_status(case, CaseStatus.IN_PROGRESS, due_on=due_on, by=None, now=now)
    # The oldest unanswered message is the one that waits.
    touch(case, now=now, customer_wrote_at=case.customer_wrote_at or now)
    asking = FollowUpText.EVIDENCE_REQUESTED
    cancel_follow_ups(case, CancelReason.CUSTOMER_WROTE, by=None, now=now, template=asking)
    if files:
        _receipt(case, entry, files, now)
    return entry


def _receipt(case: Case, entry: Entry, files: Sequence[Kept], now: datetime) -> None:
    """Confirms in writing what came and when, and what is still missing."""
    answers = entry.params.get("answers")
    said = EvidenceReceivedParams(
        **facts_now(case, now),
        files=tuple(each.name for each in files),
        answers=answers or "",
        received_at=now,
        time_zone=case.person.time_zone,
        still_open=tuple(asked_for(case)),
    )
    key = f"evidence_received:{entry.pk}"
    enqueue_case_mail(EVIDENCE_RECEIVED, said, case, key=key, entry=entry, now=now)
