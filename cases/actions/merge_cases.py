"""A duplicate becomes part of the case that goes on, and a case of its own again."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines, lifecycle
from cases.actions import asked_items
from cases.actions.change import (
    AWAKE,
    add_event,
    cancel_follow_ups,
    change_status,
    touch,
    wake_before,
    wake_on_reply,
)
from cases.actions.kind_effects import has_effects
from cases.actions.sale_complaint import count_again, count_once
from cases.enums import CancelReason, CaseStatus, SnoozeEnd, Visibility
from cases.events import DueChanged, Merged, MergeUndone
from cases.mails.base import CaseParams, enqueue_case_mail, facts_now
from cases.mails.cases_merged import CASES_MERGED, CasesMergedParams
from cases.mails.status_changed import STATUS_CHANGED
from cases.models import Case, CaseMerge, Entry
from cases.queries.charges import is_under_review
from cases.queries.contacts import is_like
from cases.queries.refunds import owes_refund
from common.company_day import business_day, company_zone


@transaction.atomic
def merge_case(*, case: Case, into: Case, by: User, now: datetime) -> CaseMerge:
    """Closes the duplicate; what its customer says from now on stands in `into`, which keeps the
    earlier of both days and still has to answer what was asked in either: then it's our turn there,
    too. The customer is told.

    ValidationError `merge_same`, `merge_over`, `merge_escalated`, `merge_lease`,
    `merge_of_another`, `merge_other_lease`, `merge_reason`, and for what the duplicate can't leave
    behind `merge_agreements`, `merge_deadlines`, `merge_returns`, `merge_flags`,
    `charges_undecided`, `refund_unpaid`.
    """
    for each in (case, into):
        _refuse_unseen(each, by)
    if case.pk == into.pk:
        raise ValidationError(_("Choose another case than this one."), code="merge_same")
    case, into = _both_locked(case, into)
    _refuse_status(case, into)
    _refuse_others(case, into)
    _refuse_left_behind(case)
    merge = CaseMerge.objects.create(
        case=case, into=into, by=by, at=now,
        due_on=case.due_on, customer_wrote_at=case.customer_wrote_at,
    )  # fmt: skip
    _go_on(case, into, by=by, now=now)
    _close(case, by=by, now=now)
    count_once(case, into)
    entry = _tell_both(Merged, case, into, by=by, now=now)
    said = CasesMergedParams(**facts_now(into, now), merged_number=case.number)
    enqueue_case_mail(CASES_MERGED, said, into, key=f"merged:{merge.pk}", entry=entry, now=now)
    return merge


@transaction.atomic
def undo_merge(*, merge: CaseMerge, by: User, now: datetime) -> Case:
    """The duplicate is in progress again, and its customer is told. What came since stays in the
    other case.

    ValidationError `merge_undone`.
    """
    for each in (merge.case, merge.into):
        _refuse_unseen(each, by)
    case, into = _both_locked(merge.case, merge.into)
    undone = CaseMerge.objects.in_force().filter(pk=merge.pk)
    if not undone.update(undone_at=now, undone_by=by):
        raise ValidationError(_("Someone else already undid this merge."), code="merge_undone")
    due_on = _to_come(merge.due_on, now)
    moved = change_status(case, CaseStatus.IN_PROGRESS, due_on=due_on, by=by, now=now)
    _wait_again(case, merge, into)
    count_again(case, by=by, now=now)
    touch(into, now=now)
    _tell_both(MergeUndone, case, into, by=by, now=now)
    said = CaseParams(**facts_now(case, now))
    key = f"status_changed:{moved.pk}"
    enqueue_case_mail(STATUS_CHANGED, said, case, key=key, entry=moved, now=now)
    return case


def _refuse_unseen(case: Case, by: User) -> None:
    if not (by.works_cases and Case.objects.visible_to(by).filter(pk=case.pk).exists()):
        raise PermissionDenied


def _both_locked(case: Case, into: Case) -> tuple[Case, Case]:
    """In one order, so that two merges of the same cases don't wait for each other."""
    rows = Case.objects.with_parties().filter(pk__in=[case.pk, into.pk])
    found = {
        each.pk: each for each in rows.select_for_update(no_key=True, of=["self"]).order_by("pk")
    }
    return found[case.pk], found[into.pk]


def _refuse_status(case: Case, into: Case) -> None:
    for each in (case, into):
        if not each.is_active:
            raise ValidationError(
                _("Case %(number)s has already ended."),
                code="merge_over",
                params={"number": each.spoken_number},
            )
    if case.status not in lifecycle.MERGEABLE:
        raise ValidationError(
            _("This case is with a supervisor. Merge the other one into it instead."),
            code="merge_escalated",
        )


def _refuse_others(case: Case, into: Case) -> None:
    """Only what is about the same thing of the same person is a duplicate."""
    if bool(case.lease) != bool(into.lease):
        raise ValidationError(
            _("Only one of the two cases has a lease. Attach it to the other case first."),
            code="merge_lease",
        )
    if not _is_same_person(case, into):
        raise ValidationError(
            _("Case %(number)s is about someone else: %(name)s."),
            code="merge_of_another",
            params={"number": into.spoken_number, "name": into.person.name},
        )
    if case.lease and into.lease and case.lease_id != into.lease_id:
        raise ValidationError(
            _("Case %(number)s is about another lease: %(lease)s."),
            code="merge_other_lease",
            params={"number": into.spoken_number, "lease": into.lease.account_number},
        )
    if case.kind_id != into.kind_id and has_effects(case):
        raise ValidationError(
            _(
                "“%(reason)s” does more than other reasons, so this case can’t become part of one"
                " about “%(other)s.” Merge the other one into it instead."
            ),
            code="merge_reason",
            params={"reason": case.kind.name, "other": into.kind.name},
        )


def _is_same_person(case: Case, into: Case) -> bool:
    if case.lease and into.lease:
        return case.lease.customer_id == into.lease.customer_id
    return bool(case.contact and into.contact and is_like(case.contact, into.contact))


def _refuse_left_behind(case: Case) -> None:
    """What a closed case would leave without anyone who sees to it."""
    if case.promises.open().exists():
        raise ValidationError(
            _(
                "An agreement of this case is still open. Close it first, or merge the other case"
                " into this one."
            ),
            code="merge_agreements",
        )
    if case.outside_deadlines.open().exists():
        raise ValidationError(
            _(
                "This case has an outside deadline that isn’t answered yet. Merge the other case"
                " into this one."
            ),
            code="merge_deadlines",
        )
    if case.store_returns.open().exists():
        raise ValidationError(
            _("A return of this case isn’t settled yet. Merge the other case into this one."),
            code="merge_returns",
        )
    if case.is_flagged:
        raise ValidationError(
            _("This case has a flag. Merge the other case into this one."), code="merge_flags"
        )
    if is_under_review(case):
        raise ValidationError(
            _("Decide about the disputed transactions first, or withdraw them."),
            code="charges_undecided",
        )
    if owes_refund(case):
        raise ValidationError(
            _("A refund of this lease isn’t paid yet. Record its payment first."),
            code="refund_unpaid",
        )


def _go_on(case: Case, into: Case, *, by: User, now: datetime) -> None:
    """Whoever waits for an answer in the duplicate waits for it in `into`, since the same moment
    and until the same day.
    """
    waiting = [each.customer_wrote_at for each in (case, into) if each.customer_wrote_at]
    due_on, before = min(case.due_on, into.due_on), into.due_on
    touch(into, now=now, customer_wrote_at=min(waiting, default=None))
    if case.customer_wrote_at:
        wake_on_reply(into, SnoozeEnd.CUSTOMER_WROTE, by=by, now=now, step_on=due_on)
    wake_before(into, due_on, by=by, now=now, step_on=due_on)
    if case.customer_wrote_at and into.status == CaseStatus.WAITING_CUSTOMER:
        ours = CaseStatus.IN_PROGRESS
        change_status(into, ours, due_on=_to_come(due_on, now), by=by, now=now)
    elif due_on != before:
        touch(into, now=now, due_on=due_on)
        changed = DueChanged(due_on=due_on, before=before)
        add_event(into, changed, by=by, now=now, visibility=Visibility.PUBLIC)


def _to_come(due_on: date, now: datetime) -> date:
    if due_on < business_day(now):
        return deadlines.next_update(now, company_zone())
    return due_on


def _wait_again(case: Case, merge: CaseMerge, into: Case) -> None:
    """What the customer asked in the duplicate, unless it was answered in `into` meanwhile."""
    asked = merge.customer_wrote_at
    if asked and into.customer_wrote_at and into.customer_wrote_at <= asked:
        case.customer_wrote_at = asked
        case.save(update_fields=["customer_wrote_at"])


def _close(case: Case, *, by: User, now: datetime) -> None:
    asked_items.drop_all(case, now=now)
    cancel_follow_ups(case, CancelReason.CASE_ENDED, by=by, now=now)
    touch(case, now=now, status=CaseStatus.CLOSED, customer_wrote_at=None, **AWAKE)


def _tell_both(
    happened: type[Merged | MergeUndone], case: Case, into: Case, *, by: User, now: datetime
) -> Entry:
    """That of the case that goes on."""
    public = Visibility.PUBLIC
    said = happened(number=into.number, goes_on=False)
    add_event(case, said, by=by, now=now, visibility=public)
    said = happened(number=case.number, goes_on=True)
    return add_event(into, said, by=by, now=now, visibility=public)
