from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import deadlines
from cases.actions.change import add_event, locked, touch
from cases.enums import CancelReason, Event, TemplateKey, Visibility
from cases.mail.case_mail import enqueue_case_mail
from cases.models import Case, FollowUp

BATCH = 500


@transaction.atomic
def set_follow_up(*, case: Case, on: date, message: str, by: User, now: datetime) -> FollowUp:
    """Promise a mail for a day.

    ValidationError `follow_up_past` for a day gone by, `follow_up_late` for today once the
    customer's hours are over: nobody is written to at night.
    """
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    customer = case.lease.customer
    zone = ZoneInfo(customer.time_zone)
    if on < now.astimezone(zone).date():
        raise ValidationError(
            _("This day has passed. Choose today or later."), code="follow_up_past"
        )
    if deadlines.hours_are_over(on, now, zone, customer.available_to):
        raise ValidationError(
            _("The customer’s hours are over for today. Choose another day."),
            code="follow_up_late",
        )
    follow_up = FollowUp.objects.create(
        case=case,
        on=on,
        language=customer.language,
        message=message,
        send_at=deadlines.send_at(on, zone, customer.available_from),
        by=by,
        at=now,
    )
    touch(case, now=now)
    add_event(case, Event.FOLLOW_UP_SET, by=by, now=now, on=on.isoformat())
    return follow_up


@transaction.atomic
def cancel_follow_up(*, follow_up: FollowUp, by: User, now: datetime) -> bool:
    """Take a follow-up back; False if it has been sent or cancelled meanwhile."""
    if not by.works_cases:
        raise PermissionDenied
    case = locked(follow_up.case)
    pending = FollowUp.objects.filter(pk=follow_up.pk).pending()
    if not pending.update(cancelled_at=now, cancelled_by=by, cancel_reason=CancelReason.BY_HAND):
        return False
    touch(case, now=now)
    add_event(case, Event.FOLLOW_UP_CANCELLED, by=by, now=now, on=follow_up.on.isoformat())
    return True


@transaction.atomic
def send_follow_ups(*, now: datetime) -> int:
    """Turn what is due into mails, each once: rows another process holds are left to it."""
    due = (
        FollowUp.objects.due(now)
        .select_for_update(skip_locked=True, of=["self"])
        .select_related("case__lease__customer")
        .order_by("send_at", "pk")[:BATCH]
    )
    sent = 0
    for follow_up in due:
        entry = add_event(
            follow_up.case,
            Event.FOLLOW_UP_SENT,
            by=None,
            now=now,
            visibility=Visibility.PUBLIC,
            message=follow_up.message,
        )
        enqueue_case_mail(
            follow_up.case,
            TemplateKey.FOLLOW_UP,
            key=f"follow_up:{follow_up.pk}",
            entry=entry,
            now=now,
            message=follow_up.message,
        )
        follow_up.done_at = now
        follow_up.save(update_fields=["done_at"])
        sent += 1
    return sent
