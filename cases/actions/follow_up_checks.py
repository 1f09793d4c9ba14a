"""What a follow-up must fulfill when it's set or moved."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    TEXTS_WITH_MESSAGE,
    CaseStatus,
    Channel,
    FollowUpRule,
    FollowUpText,
)
from cases.follow_up_times import MOST_BUSINESS_DAYS, Planned, chosen_day, is_over, planned, today
from cases.models import Case
from cases.models.case import Person
from cases.queries.asked_for import asked_for
from leases.availability import Window


def checked_time(
    rule: str, *, on: date | None, days: int | None, window: Window, now: datetime
) -> Planned:
    """ValidationError `follow_up_day` (none named), `follow_up_days` (too many, or none),
    `follow_up_past`, `follow_up_late` (the customer's hours for today are over).
    """
    if rule == FollowUpRule.BUSINESS_DAYS:
        if days is None or not 1 <= days <= MOST_BUSINESS_DAYS:
            raise ValidationError(
                _("Enter 1 to %(most)d business days."),
                code="follow_up_days",
                params={"most": MOST_BUSINESS_DAYS},
            )
    elif on is None and rule != FollowUpRule.WINDOW_ENDS:
        raise ValidationError(_("Choose a date."), code="follow_up_day")
    day = chosen_day(rule, on=on, days=days, window=window, now=now)
    if day < today(window, now):
        raise ValidationError(
            _("This date has passed. Choose today or later."), code="follow_up_past"
        )
    goes = planned(rule, day, window, now)
    is_chosen = on is not None and rule != FollowUpRule.BUSINESS_DAYS
    if is_chosen and goes.on != day and is_over(day, window, now):
        raise ValidationError(
            _("The customer’s hours are over for today. Choose another date."),
            code="follow_up_late",
        )
    return goes


def check_case(case: Case, rule: str) -> None:
    """ValidationError `follow_up_case_ended`, `follow_up_not_waiting`."""
    if not case.is_active:
        raise ValidationError(
            _("This case has ended. Reopen it before you schedule a follow-up."),
            code="follow_up_case_ended",
        )
    if rule == FollowUpRule.STORE_SILENT and case.status != CaseStatus.WAITING_STORE:
        raise ValidationError(
            _("This case isn’t waiting for the store. Change its status first."),
            code="follow_up_not_waiting",
        )


def check_channel(channel: str, customer: Person) -> None:
    """ValidationError `follow_up_no_calls`."""
    if channel == Channel.PHONE and not customer.allow_calls:
        raise ValidationError(
            _("%(name)s asked for no calls. Send an email instead."),
            code="follow_up_no_calls",
            params={"name": customer.name},
        )


def check_text(case: Case, *, channel: str, template: str, message: str) -> None:
    """ValidationError `follow_up_channel`, `follow_up_template`, `follow_up_message` (nothing to
    read), `follow_up_message_unused` (the text has no place for it), `follow_up_nothing_asked`,
    `no_email`, `not_a_return`.
    """
    if channel == Channel.PHONE:
        return
    if channel != Channel.EMAIL:
        raise ValidationError(_("Choose an email or a call."), code="follow_up_channel")
    if template not in FollowUpText.values:
        raise ValidationError(
            _("This email can’t be a follow-up. Choose another one."), code="follow_up_template"
        )
    if template == FollowUpText.FOLLOW_UP and not message:
        raise ValidationError(_("Write the message for the customer."), code="follow_up_message")
    if message and template not in TEXTS_WITH_MESSAGE:
        raise ValidationError(
            _("This email has fixed text. Delete your message or choose another email."),
            code="follow_up_message_unused",
        )
    if not case.person.email:
        raise ValidationError(
            _("There’s no email address to write to. Choose a call."), code="no_email"
        )
    if template == FollowUpText.RETURN_STEPS and not (case.kind.goes_back and case.lease):
        raise ValidationError(_("This case doesn’t involve a return to a store."), "not_a_return")
    if template == FollowUpText.EVIDENCE_REQUESTED and not asked_for(case):
        raise ValidationError(
            _(
                "No proof has been requested in this case, so there’s nothing to remind the "
                "customer about."
            ),
            code="follow_up_nothing_asked",
        )
