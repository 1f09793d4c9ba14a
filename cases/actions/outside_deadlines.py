"""Dates by which an outside agency wants an answer."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import outside
from cases.actions.change import add_event, locked, touch, wake_before
from cases.enums import OutsideBody
from cases.events import OutsideAnswered, OutsideExtended, OutsideOpened
from cases.models import Case, OutsideDeadline
from common.company_day import business_day


@transaction.atomic
def open_outside_deadline(
    *,
    case: Case,
    body: str,
    received_on: date,
    due_on: date | None = None,
    reference: str = "",
    by: User,
    now: datetime,
) -> OutsideDeadline:
    """`due_on` if the letter names a day, otherwise by the table.

    ValidationError `day_future`, `outside_day` (a day must be named), `outside_order`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if received_on > business_day(now):
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="day_future"
        )
    last = due_on or outside.due_on(body, received_on)
    if last is None:
        raise ValidationError(_("Enter the date given in the letter."), code="outside_day")
    if last < received_on:
        raise ValidationError(
            _("The response can’t be due before the letter was sent to us. Check both dates."),
            code="outside_order",
        )
    case = locked(case)
    deadline, is_new = OutsideDeadline.objects.open().get_or_create(
        case=case,
        body=OutsideBody(body),
        reference=reference,
        received_on=received_on,
        due_on=last,
        defaults={"by": by, "at": now},
    )
    if not is_new:  # a second click
        return deadline
    touch(case, now=now)
    opened = OutsideOpened(body=OutsideBody(deadline.body), due_on=last)
    add_event(case, opened, by=by, now=now)
    wake_before(case, last, by=by, now=now)
    return deadline


@transaction.atomic
def answer_outside_deadline(
    *, deadline: OutsideDeadline, answered_on: date, by: User, now: datetime
) -> bool:
    """Records that the answer was sent; False if that was already done.

    ValidationError `day_future`, `outside_order`.
    """
    if not by.works_cases:
        raise PermissionDenied
    if answered_on > business_day(now):
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="day_future"
        )
    if answered_on < deadline.received_on:
        raise ValidationError(
            _("This date is before the letter was sent to us. Check it."), code="outside_order"
        )
    case = locked(deadline.case)
    unanswered = OutsideDeadline.objects.open().filter(pk=deadline.pk)
    if not unanswered.update(answered_on=answered_on, answered_by=by):
        return False
    touch(case, now=now)
    answered = OutsideAnswered(body=OutsideBody(deadline.body), answered_on=answered_on)
    add_event(case, answered, by=by, now=now)
    return True


@transaction.atomic
def extend_outside_deadline(
    *, deadline: OutsideDeadline, arrived_on: date, by: User, now: datetime
) -> OutsideDeadline:
    """More information arrived within the first term, which gives more time, once.

    ValidationError `day_future`, `outside_no_more` (this agency gives none), `outside_answered`,
    `outside_extended` (it was given before), `outside_too_late` (after the first term, or before it
    began).
    """
    if not by.works_cases:
        raise PermissionDenied
    if arrived_on > business_day(now):
        raise ValidationError(
            _("This date is in the future. Choose today or earlier."), code="day_future"
        )
    case = locked(deadline.case)
    deadline = OutsideDeadline.objects.select_for_update(no_key=True).get(pk=deadline.pk)
    _refuse_more(deadline, arrived_on)
    deadline.extended_on = arrived_on
    deadline.due_on = outside.extended(deadline.body, deadline.due_on)
    deadline.save(update_fields=["extended_on", "due_on"])
    touch(case, now=now)
    body = OutsideBody(deadline.body)
    extended = OutsideExtended(body=body, received_on=arrived_on, due_on=deadline.due_on)
    add_event(case, extended, by=by, now=now)
    return deadline


def _refuse_more(deadline: OutsideDeadline, arrived_on: date) -> None:
    if deadline.body not in outside.MORE:
        raise ValidationError(
            _("More information doesn’t change this deadline."), code="outside_no_more"
        )
    if deadline.answered_on:
        raise ValidationError(_("The response was already sent."), code="outside_answered")
    if deadline.extended_on:
        raise ValidationError(
            _("This deadline was already extended. That’s possible only once."),
            code="outside_extended",
        )
    if not outside.takes_more(deadline.body, deadline.received_on, arrived_on):
        raise ValidationError(
            _("Information gives more time only if it arrives within the first 30 days."),
            code="outside_too_late",
        )
