"""Dates of things that happened before they are recorded."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day, company_zone
from common.formats import day
from leases.actions.agreement_checks import checked_note
from leases.actions.who import By


def check_has_come(on: date, now: datetime) -> None:
    """ValidationError `future_date`."""
    if on > business_day(now):
        raise ValidationError(
            _("%(day)s hasn’t come yet. Record only what has already happened."),
            code="future_date",
            params={"day": day(on)},
        )


def reason_for_past_day(reason: str, on: date, *, by: By, now: datetime) -> str:
    """A person who reports an earlier day gives a reason; a store's system needs none.

    ValidationError: `late_reason`, `account_number`.
    """
    reason = checked_note(reason)
    if not reason and isinstance(by, User) and on < business_day(now):
        raise ValidationError(
            _("Explain why it’s being recorded only now. The reason is saved in the history."),
            code="late_reason",
        )
    return reason


def moment_of(on: date, *, now: datetime, after: datetime | None) -> datetime:
    """Now if it's today; otherwise noon of the day, or `after` if that was later the same day."""
    if on == business_day(now):
        return now
    noon = datetime.combine(on, time(12), company_zone())
    return max(noon, after) if after else noon
