"""Verbal agreements: confirmed in writing at once, acknowledged, then kept or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.add_customer_message import language_of
from cases.actions.change import add_event, locked, touch, wake_before
from cases.actions.promise_checks import drop_check
from cases.enums import CaseStatus, Party, PromiseOutcome, Visibility
from cases.events import PromiseAcknowledged, PromiseMade, PromiseSettled
from cases.mails.promise_broken import PROMISE_BROKEN
from cases.mails.promise_confirmed import PROMISE_CONFIRMED
from cases.mails.promises import enqueue_withdrawal, promise_mail
from cases.models import Case, Entry, Promise
from common.company_day import business_day
from mail.outbound.enqueue import enqueue

MOST = Decimal("99999999.99")  # the largest amount the column holds


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What was said: `what` in its own words, in `language`."""

    party: str
    what: str
    language: str
    due_on: date
    amount: Decimal | None = None


@transaction.atomic
def make_promise(*, case: Case, agreed: Agreed, by: User, now: datetime) -> Promise:
    """Records an agreement together with the mail that confirms it, or neither.

    The same agreement while it's open counts as one: a second click finds the first.
    ValidationError `promise_empty`, `promise_past`, `promise_amount`, `promise_amount_large`,
    `case_over`.
    """
    if not by.works_cases:
        raise PermissionDenied
    check_agreed(agreed, now)
    case = locked(case)
    if case.status == CaseStatus.CLOSED:
        raise ValidationError(_("This case has already ended."), code="case_over")
    promise, entry = record_promise(case, agreed, by=by, now=now)
    if entry is None:
        return promise
    touch(case, now=now, customer_wrote_at=None)  # our message answers theirs
    enqueue(promise_mail(PROMISE_CONFIRMED, promise, entry=entry, now=now), now=now)
    return promise


def check_agreed(agreed: Agreed, now: datetime) -> None:
    if not agreed.what.strip():
        raise ValidationError(_("Enter what was agreed."), code="promise_empty")
    if agreed.due_on < business_day(now):
        raise ValidationError(
            _("This date has passed. Choose today or later."), code="promise_past"
        )
    if agreed.amount is not None and agreed.amount <= 0:
        raise ValidationError(_("Enter an amount above zero."), code="promise_amount")
    if agreed.amount is not None and agreed.amount > MOST:
        raise ValidationError(_("This amount is too large. Check it."), code="promise_amount_large")


def record_promise(
    case: Case, agreed: Agreed, *, by: User, now: datetime
) -> tuple[Promise, Entry | None]:
    """Its row and its event, for an action that confirms it in writing. No event if it's already
    open.
    """
    said = {**vars(agreed), "party": Party(agreed.party)}
    promise, is_new = Promise.objects.open().get_or_create(
        case=case, **said, defaults={"by": by, "at": now}
    )
    if not is_new:
        return promise, None
    made = PromiseMade(
        promise=promise.pk,
        party=Party(promise.party),
        what=promise.what,
        language=promise.language,
        amount=promise.amount or None,
        due_on=promise.due_on,
    )
    entry = add_event(case, made, by=by, now=now, visibility=Visibility.PUBLIC)
    if promise.party != Party.CUSTOMER:
        wake_before(case, promise.due_on, by=by, now=now)
    return promise, entry


@transaction.atomic
def acknowledge_promise(*, promise: Promise, by: User, now: datetime) -> bool:
    """The customer confirms what was agreed; False if they already did, or it no longer holds."""
    if promise.case.person.user_id != by.pk:
        raise PermissionDenied
    case = locked(promise.case)
    waiting = Promise.objects.filter(pk=promise.pk, acknowledged_at=None)
    if not waiting.exclude(outcome=PromiseOutcome.WITHDRAWN).update(acknowledged_at=now):
        return False
    touch(case, now=now)
    acknowledged = PromiseAcknowledged(
        promise=promise.pk, what=promise.what, language=promise.language
    )
    add_event(case, acknowledged, by=by, now=now, visibility=Visibility.PUBLIC)
    return True


@transaction.atomic
def settle_promise(
    *, promise: Promise, outcome: str, reason: str = "", by: User, now: datetime
) -> bool:
    """Kept, broken or withdrawn; False if someone already settled it. The customer is told what
    they still owe us and what no longer holds, because they have it in writing.

    ValidationError `promise_not_due`: nothing is broken before its day is over; `promise_reason`:
    nothing is withdrawn without a reason.
    """
    if not by.works_cases:
        raise PermissionDenied
    decided = PromiseOutcome(outcome)
    if decided == PromiseOutcome.BROKEN and business_day(now) <= promise.due_on:
        raise ValidationError(
            _("You can’t mark this agreement as not kept until its date has passed."),
            code="promise_not_due",
        )
    is_withdrawn = decided == PromiseOutcome.WITHDRAWN
    if is_withdrawn and not reason.strip():
        raise ValidationError(_("Give a reason. The customer will see it."), code="promise_reason")
    language = language_of(reason, promise.case)
    case = locked(promise.case)
    still_open = Promise.objects.open().filter(pk=promise.pk)
    if not still_open.update(outcome=decided, settled_at=now, settled_by=by):
        return False
    touch(case, now=now)
    settled = PromiseSettled(
        promise=promise.pk,
        what=promise.what,
        language=promise.language,
        outcome=decided,
        reason=reason if is_withdrawn else "",
        reason_language=language if is_withdrawn else "",
    )
    entry = add_event(case, settled, by=by, now=now, visibility=Visibility.PUBLIC)
    if decided == PromiseOutcome.BROKEN and promise.party == Party.CUSTOMER:
        enqueue(promise_mail(PROMISE_BROKEN, promise, entry=entry, now=now), now=now)
    if decided != PromiseOutcome.BROKEN:
        drop_check(promise, case, by=by, now=now)
    if is_withdrawn:
        enqueue_withdrawal(promise, reason, by=by, entry=entry, now=now)
    return True
