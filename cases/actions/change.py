"""What every write to a case shares: it locks the row, checks its version and records its
events.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import lifecycle
from cases.actions import asked_items
from cases.actions.add_entries import add_entries
from cases.enums import (
    CancelReason,
    CaseStatus,
    EntryKind,
    FollowUpRule,
    SnoozeEnd,
    Visibility,
)
from cases.events import DueChanged, FollowUpCancelled, Happening, SnoozeEnded, StatusChanged
from cases.mails.case_back import enqueue_case_back
from cases.models import Case, Entry, FollowUp
from cases.queries.charges import is_under_review
from cases.queries.merges import goes_on_in, is_merged
from cases.queries.refunds import owes_refund
from common.company_day import business_day
from common.typed_json import to_json

#: The outcome that tells the customer that we sent their refund.
PAID_BACK = "refund_paid"
#: A case that isn't snoozed.
AWAKE: Mapping[str, Any] = {
    "snoozed_until": None, "snooze_ends_on_reply": False, "snooze_reason": ""
}  # fmt: skip


class StaleCase(ValidationError):
    """Someone saved the case after this page was loaded."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Someone else changed this case while you were writing. Nothing you entered "
                "was lost."
            ),
            code="case_stale",
        )


def locked(case: Case, *, version: int | None = None) -> Case:
    """The case as it is now, locked until the transaction ends; StaleCase if it has changed.

    Others can still add rows that point to it: follow-ups being sent lock their own rows and would
    wait for us, while we may be about to wait for them.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if version is not None and case.version != version:
        raise StaleCase
    return case


def locked_where_it_goes_on(case: Case) -> Case:
    """The same of the case that this one became part of, if it did: what people still say of a
    duplicate belongs there.
    """
    case = locked(goes_on_in(case))
    while is_merged(case):  # a moment ago
        case = locked(goes_on_in(case))
    return case


def refuse_merged(case: Case) -> None:
    """ValidationError `case_merged`: what would be done here belongs in another case."""
    if case.status == CaseStatus.CLOSED and is_merged(case):
        raise ValidationError(
            _("This case is now part of case %(number)s. Do it there, or undo the merge first."),
            code="case_merged",
            params={"number": goes_on_in(case).spoken_number},
        )


def refuse_ended(case: Case) -> None:
    refuse_merged(case)
    if not case.is_active:
        raise ValidationError(_("This case has already ended. Reopen it first."), code="case_over")


def touch(case: Case, *, now: datetime, **changes: Any) -> None:
    """Saves the changes of a case from `locked` as its next version."""
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.changed_at = now
    case.save(update_fields=["version", "changed_at", *changes])


def add_event(
    case: Case,
    happening: Happening,
    *,
    by: User | None,
    now: datetime,
    visibility: Visibility = Visibility.INTERNAL,
) -> Entry:
    """Adds a timeline row with a code and its parameters; each reader gets it in their own
    words.
    """
    (entry,) = add_entries([new_event(case, happening, by=by, now=now, visibility=visibility)])
    return entry


def new_event(
    case: Case,
    happening: Happening,
    *,
    by: User | None,
    now: datetime,
    visibility: Visibility = Visibility.INTERNAL,
) -> Entry:
    """Unsaved, for callers that write many at once."""
    return Entry(
        case=case,
        kind=EntryKind.EVENT,
        visibility=visibility,
        author=by,
        event=happening.event,
        params=to_json(happening),
        at=now,
    )


def refuse_past(due_on: date, now: datetime) -> None:
    """ValidationError `day_past`: a next step is today or later, by the company's day."""
    if due_on < business_day(now):
        raise ValidationError(_("This date has passed. Choose today or later."), code="day_past")


def change_status(
    case: Case,
    to_status: CaseStatus,
    *,
    due_on: date,
    outcome: str = "",
    told_how: str = "",
    by: User | None,
    now: datetime,
) -> Entry:
    """Moves a case from `locked`, by the table. ValidationError `case_transition`, `day_past`,
    `charges_undecided` (a case doesn't end while transactions are under review), `refund_unpaid`
    (it says that a refund was paid, and one isn't), `case_merged`.

    `outcome`: of a resolved case; `told_how`: a ToldHow, if no mail says so. A case that ends
    closes its requests and cancels its planned follow-ups; a case that no longer waits for the
    store cancels those about the store's silence. None stays snoozed.
    """
    from_status = CaseStatus(case.status)
    if not lifecycle.allows(from_status, to_status):
        raise ValidationError(
            _("You can’t change a case from “%(from)s” to “%(to)s.”"),
            code="case_transition",
            params={"from": from_status.label, "to": to_status.label},
        )
    if to_status in lifecycle.ACTIVE:
        refuse_merged(case)
        refuse_past(due_on, now)
        wake(case, SnoozeEnd.MOVED, by=by, now=now, step_on=due_on)
    else:
        _refuse_end(case, outcome)
    touch(case, now=now, status=to_status, due_on=due_on, **AWAKE)
    if to_status not in lifecycle.ACTIVE:
        asked_items.drop_all(case, now=now)
        cancel_follow_ups(case, CancelReason.CASE_ENDED, by=by, now=now)
    elif from_status == CaseStatus.WAITING_STORE:
        silent = FollowUpRule.STORE_SILENT
        cancel_follow_ups(case, CancelReason.NOT_WAITING, by=by, now=now, rule=silent)
    return add_event(
        case,
        StatusChanged(
            from_status=from_status,
            to_status=to_status,
            due_on=due_on,
            outcome=outcome,
            told_how=told_how,
        ),
        by=by,
        now=now,
        visibility=Visibility.PUBLIC,
    )


def _refuse_end(case: Case, outcome: str) -> None:
    if is_under_review(case):
        raise ValidationError(
            _("Decide about the disputed transactions first, or withdraw them."),
            code="charges_undecided",
        )
    if outcome == PAID_BACK and owes_refund(case):
        raise ValidationError(
            _("A refund of this lease isn’t paid yet. Record its payment first."),
            code="refund_unpaid",
        )


def change_due(case: Case, due_on: date, *, by: User, now: datetime) -> None:
    """For a case from `locked`: sets the day, with an event if it changes.

    ValidationError `day_past` for a changed day that has passed.
    """
    before = case.due_on
    if due_on != before:
        refuse_past(due_on, now)
    touch(case, now=now, due_on=due_on)
    if due_on != before:
        add_event(
            case,
            DueChanged(due_on=due_on, before=before),
            by=by,
            now=now,
            visibility=Visibility.PUBLIC,
        )
        wake_before(case, due_on, by=by, now=now)


def wake(
    case: Case, why: SnoozeEnd, *, by: User | None, now: datetime, step_on: date | None = None
) -> None:
    """A case from `locked` is back in the queue, if it was snoozed. Whoever has it gets an email,
    unless it's their own doing. `step_on`: the day of the next step, if it's about to be set.
    """
    if case.snoozed_until is None:
        return
    touch(case, now=now, **AWAKE)
    entry = add_event(case, SnoozeEnded(why=why), by=by, now=now)
    enqueue_case_back(case, why, step_on=step_on or case.due_on, entry=entry, by=by, now=now)


def wake_on_reply(
    case: Case, why: SnoozeEnd, *, by: User | None, now: datetime, step_on: date | None = None
) -> None:
    """`wake`, but only if the case waits for something to come in."""
    if case.snooze_ends_on_reply:
        wake(case, why, by=by, now=now, step_on=step_on)


def wake_before(
    case: Case, due_on: date, *, by: User | None, now: datetime, step_on: date | None = None
) -> None:
    """`wake`, but only if the case would come back after `due_on`."""
    if case.snoozed_until and due_on < business_day(case.snoozed_until):
        wake(case, SnoozeEnd.SOONER, by=by, now=now, step_on=step_on)


def cancel_follow_ups(
    case: Case, reason: CancelReason, *, by: User | None, now: datetime, **only: Any
) -> None:
    """Those still planned; `only`: fields they have to match."""
    planned = FollowUp.objects.filter(case=case, **only).pending()
    for follow_up in planned.select_for_update():
        follow_up.cancelled_at, follow_up.cancelled_by = now, by
        follow_up.cancel_reason = reason
        follow_up.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        cancelled = FollowUpCancelled(on=follow_up.on, channel=follow_up.channel, reason=reason)
        add_event(case, cancelled, by=by, now=now)
