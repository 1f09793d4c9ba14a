"""What a customer is asked to send, and to send again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import lifecycle
from cases.actions import asked_items
from cases.actions.accept_letter import accept_letter
from cases.actions.add_customer_message import language_of
from cases.actions.change import (
    add_event,
    cancel_follow_ups,
    change_due,
    change_status,
    locked,
    touch,
)
from cases.actions.flags import lock_customers_cases
from cases.enums import CancelReason, CaseStatus, Event, FollowUpText, ItemState, Visibility
from cases.events import EvidenceRequested, EvidenceSettled, EvidenceUnreadable
from cases.kinds import REPRESENTATION
from cases.mails.base import enqueue_case_mail, facts_now
from cases.mails.evidence_requested import EVIDENCE_REQUESTED, EvidenceRequestedParams
from cases.mails.evidence_unreadable import EVIDENCE_UNREADABLE, EvidenceUnreadableParams
from cases.models import AskedItem, Case, Entry, Evidence
from cases.queries.asked_for import asked_for
from cases.queries.untied_files import unreadable_ids
from common.typed_json import to_json

#: The same request within this time is a second click.
A_MOMENT = timedelta(minutes=5)


@transaction.atomic
def request_evidence(
    *,
    case: Case,
    slots: Sequence[str],
    message: str = "",
    wait_until: date | None = None,
    by: User,
    now: datetime,
) -> Entry:
    """Asks by mail; with `wait_until` the case then waits for the customer until that day.

    The same request again within minutes, while all of it is open, counts as one. ValidationError
    `slots_missing`, `case_over`, `day_past`, `case_transition`, `escalated`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not slots:
        raise ValidationError(_("Choose what to ask for."), code="slots_missing")
    language = language_of(message, case) if message else ""
    asked = EvidenceRequested(
        slots=tuple(slots), wait_until=wait_until, message=message, language=language
    )
    case = locked(case)
    if not case.is_active:
        raise ValidationError(_("This case has already ended."), code="case_over")
    same = Entry.objects.filter(case=case, event=asked.event, author=by, params=to_json(asked))
    just_now = same.filter(at__gt=now - A_MOMENT).first()
    if just_now and {*asked.slots} <= {*asked_for(case)}:
        return just_now
    touch(case, now=now, customer_wrote_at=None)  # our message answers theirs
    if wait_until:
        _wait(case, wait_until, by, now)
    asked_items.ask(case, asked.slots, now=now)
    entry = add_event(case, asked, by=by, now=now, visibility=Visibility.PUBLIC)
    said = EvidenceRequestedParams(
        **facts_now(case, now), slots=asked.slots, message=message, said_in=language
    )
    key = f"evidence_requested:{entry.pk}"
    enqueue_case_mail(EVIDENCE_REQUESTED, said, case, key=key, entry=entry, now=now)
    return entry


@transaction.atomic
def settle_evidence(*, case: Case, slot: str, came: bool = True, by: User, now: datetime) -> bool:
    """Accepts a requested item, or waives it; False if nothing waits for it anymore.

    With the last one, the reminders about it are canceled. With an attorney's letter, they are
    written to (`accept_letter`).
    """
    if not by.works_cases:
        raise PermissionDenied
    is_letter = came and slot == REPRESENTATION
    if is_letter:
        lock_customers_cases(case)
    case = locked(case)
    state = ItemState.ACCEPTED if came else ItemState.DROPPED
    if not (case.is_active and asked_items.decide(case, slot, state, now=now)):
        return False
    touch(case, now=now)
    if is_letter:
        accept_letter(case, now=now)
    add_event(
        case,
        EvidenceSettled(slots=(slot,), came=came, files=_readable(case, slot) if came else ()),
        by=by,
        now=now,
        visibility=Visibility.PUBLIC,
    )
    if not asked_for(case):
        cancel_follow_ups(
            case,
            CancelReason.EVIDENCE_CAME,
            by=by,
            now=now,
            template=FollowUpText.EVIDENCE_REQUESTED,
        )
    return True


def _readable(case: Case, slot: str) -> tuple[str, ...]:
    """Ids of what was sent as this item: what was looked at when it was accepted."""
    sent = AskedItem.objects.filter(case=case, slot=slot, files__isnull=False)
    ids = {str(each) for each in sent.values_list("files", flat=True)}
    return tuple(sorted(ids - unreadable_ids(case))) if ids else ()


def _wait(case: Case, until: date, by: User, now: datetime) -> None:
    if case.status == CaseStatus.WAITING_CUSTOMER:
        change_due(case, until, by=by, now=now)
        return
    if CaseStatus.WAITING_CUSTOMER not in lifecycle.moves(case.status, supervises=by.supervises):
        raise ValidationError(
            _("A supervisor decides what happens next with an escalated case."), code="escalated"
        )
    change_status(case, CaseStatus.WAITING_CUSTOMER, due_on=until, by=by, now=now)


@transaction.atomic
def mark_unreadable(
    *,
    evidence: Evidence,
    reason: str,
    slot: str = "",
    wait_until: date | None = None,
    by: User,
    now: datetime,
) -> bool:
    """Asks for a file again; False if that was already done.

    `slot`: the item it was sent as, otherwise the item it answers by itself; that item is requested
    again. `wait_until` as for a request. ValidationError `reason`, `evidence_internal` for a file
    the customer can't see, `case_over` for waiting in a case that has ended, and the errors of a
    request.
    """
    if not by.works_cases:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Explain what’s wrong so the customer can fix it."), "reason")
    if not evidence.entry.is_public:
        raise ValidationError(
            _("This file is internal, so you can’t ask the customer for it again."),
            "evidence_internal",
        )
    language = language_of(reason, evidence.entry.case)
    case = locked(evidence.entry.case)
    if is_unreadable(evidence):
        return False
    if wait_until and not case.is_active:
        raise ValidationError(_("This case has already ended."), code="case_over")
    touch(case, now=now, customer_wrote_at=None)
    if wait_until:
        _wait(case, wait_until, by, now)
    again = [slot] if slot else _answered_by(evidence)
    if case.is_active:
        asked_items.mark_unreadable_items(case, again, evidence, now=now)
    entry = add_event(
        case,
        EvidenceUnreadable(
            evidence=str(evidence.pk),
            name=evidence.name,
            reason=reason,
            language=language,
            slots=tuple(again),
        ),
        by=by,
        now=now,
        visibility=Visibility.PUBLIC,
    )
    said = EvidenceUnreadableParams(**facts_now(case, now), file_name=evidence.name, reason=reason)
    key = f"evidence_unreadable:{evidence.pk}"
    enqueue_case_mail(EVIDENCE_UNREADABLE, said, case, key=key, entry=entry, now=now)
    return True


def _answered_by(file: Evidence) -> list[str]:
    return list(AskedItem.objects.filter(files=file).values_list("slot", flat=True))


def is_unreadable(evidence: Evidence) -> bool:
    said = Entry.objects.filter(case=evidence.entry.case, event=Event.EVIDENCE_UNREADABLE)
    return said.filter(params__evidence=str(evidence.pk)).exists()
