"""Mails no one asked for wait for the customer's hours, even if the mail server held them up."""

from __future__ import annotations

from datetime import datetime

from cases.models import Case
from leases.mails.hours import when_open
from mail.models import Email


def in_their_hours(mail: Email, now: datetime) -> datetime:
    """`now` if the customer may be written to; otherwise the time from which they may be."""
    case = Case.objects.select_related("lease__customer", "contact").filter(mails=mail.pk).first()
    return when_open(case.person if case else None, now)
