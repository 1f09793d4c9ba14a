from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from cases.actions.add_entries import add_entry
from cases.actions.change import add_event, locked, touch
from cases.actions.follow_up_checks import check_case, check_channel, check_text, checked_time
from cases.enums import (
    AttemptResult,
    CancelReason,
    Channel,
    EntryKind,
    FollowUpRule,
    FollowUpText,
    Visibility,
)
from cases.events import FollowUpCancelled, FollowUpDone, FollowUpMoved, FollowUpSet
from cases.models import Case, ContactAttempt, FollowUp
from common.formats import day
from leases.queries.contact import window_of


class StaleFollowUp(ValidationError):
    """It has changed since the page was loaded: `follow_up_gone`, `follow_up_moved`."""


@transaction.atomic
def set_follow_up(
    *,
    case: Case,
    rule: str = FollowUpRule.ON_DAY,
    on: date | None = None,
    days: int | None = None,
    template: str = FollowUpText.FOLLOW_UP,
    channel: str = Channel.EMAIL,
    language: str = "",
    message: str = "",
    by: User,
    now: datetime,
) -> FollowUp:
    """Plans a mail to the customer, or a call by us, on the customer's days and in their hours.

    A day that isn't one of theirs becomes the next one that is: `on` of the result says which. If
    no language is given, an agent's message is in the customer's language of now, and a text of
    ours in the customer's language on the day it goes out. Sent twice, as by a double click, it's
    one follow-up. ValidationError: those of `check_case`, `check_channel`, `check_text` and
    `checked_time`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    customer = case.person
    check_case(case, rule)
    check_channel(channel, customer)
    check_text(case, channel=channel, template=template, message=message)
    goes = checked_time(rule, on=on, days=days, window=window_of(customer), now=now)
    follow_up, is_new = FollowUp.objects.pending().get_or_create(
        case=case,
        rule=rule,
        on=goes.on,
        template=template if channel == Channel.EMAIL else FollowUpText.FOLLOW_UP,
        channel=channel,
        language=language or (Language(customer.language) if message else ""),
        message=message,
        by=by,
        defaults={"send_at": goes.at, "at": now},
    )
    if not is_new:
        return follow_up
    touch(case, now=now)
    planned = FollowUpSet(on=follow_up.on, channel=follow_up.channel)
    add_event(case, planned, by=by, now=now)
    return follow_up


@transaction.atomic
def move_follow_up(
    *, follow_up: FollowUp, to: date, expected_on: date, by: User, now: datetime
) -> FollowUp:
    """Moves it to another day by the same rules; `expected_on` is the day the mover saw.

    StaleFollowUp if it was sent, canceled or moved in the meantime; ValidationError: those of
    `checked_time`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(follow_up.case)
    follow_up = _pending(follow_up)
    if follow_up.on != expected_on:
        raise StaleFollowUp(
            _("Someone else already moved this follow-up to %(day)s."),
            code="follow_up_moved",
            params={"day": day(follow_up.on)},
        )
    before = follow_up.on
    if follow_up.rule == FollowUpRule.BUSINESS_DAYS:
        follow_up.rule = FollowUpRule.ON_DAY  # counted once, now chosen
    goes = checked_time(follow_up.rule, on=to, days=None, window=window_of(case.person), now=now)
    if goes.on == before:
        return follow_up
    follow_up.on, follow_up.send_at = goes.on, goes.at
    follow_up.save(update_fields=["rule", "on", "send_at"])
    touch(case, now=now)
    moved = FollowUpMoved(on=follow_up.on, before=before, channel=follow_up.channel)
    add_event(follow_up.case, moved, by=by, now=now)
    return follow_up


@transaction.atomic
def finish_follow_up(
    *,
    follow_up: FollowUp,
    words: str = "",
    result: str = AttemptResult.REACHED,
    by: User,
    now: datetime,
) -> FollowUp:
    """Records that the call was made, and what came of it; `words`: an internal note about it.

    StaleFollowUp `follow_up_gone`; ValidationError `follow_up_is_mail`.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(follow_up.case)
    follow_up = _pending(follow_up)
    if follow_up.channel != Channel.PHONE:
        raise ValidationError(
            _("Emails go out automatically. Only a call can be marked as completed."),
            code="follow_up_is_mail",
        )
    follow_up.done_at, follow_up.done_by, follow_up.language = now, by, follow_up.spoken
    follow_up.save(update_fields=["done_at", "done_by", "language"])
    touch(case, now=now)
    if words:
        add_entry(
            case=case,
            kind=EntryKind.CALL,
            visibility=Visibility.INTERNAL,
            author=by,
            channel=Channel.PHONE,
            language=follow_up.language,
            body=words,
            at=now,
        )
    done = FollowUpDone(on=follow_up.on, channel=follow_up.channel)
    add_event(follow_up.case, done, by=by, now=now)
    ContactAttempt.objects.create(case=case, result=result, by=by, at=now)
    return follow_up


@transaction.atomic
def cancel_follow_up(*, follow_up: FollowUp, by: User, now: datetime) -> bool:
    """Cancels a follow-up; False if it was sent or canceled in the meantime."""
    if not by.works_cases:
        raise PermissionDenied
    case = locked(follow_up.case)
    pending = FollowUp.objects.filter(pk=follow_up.pk).pending()
    if not pending.update(cancelled_at=now, cancelled_by=by, cancel_reason=CancelReason.BY_HAND):
        return False
    touch(case, now=now)
    cancelled = FollowUpCancelled(on=follow_up.on, channel=follow_up.channel)
    add_event(follow_up.case, cancelled, by=by, now=now)
    return True


def _pending(follow_up: FollowUp) -> FollowUp:
    """Locked until the transaction ends."""
    found = (
        FollowUp.objects.pending()
        .filter(pk=follow_up.pk)
        .select_for_update(of=("self",))
        .select_related("case__lease__customer", "case__contact")
        .first()
    )
    if found is None:
        raise StaleFollowUp(
            _("This follow-up was already sent, completed or canceled."), code="follow_up_gone"
        )
    return found
