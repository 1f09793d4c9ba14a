"""Mails that may be a follow-up: then they wait for the customer's hours, and for their reason."""

from __future__ import annotations

from datetime import datetime

from cases.mails.hours import in_their_hours
from cases.models import FollowUp
from cases.queries.follow_up_reasons import reason_gone
from mail.models import Email


def goes_when_planned(mail: Email, now: datetime) -> datetime:
    """What someone just did is told at once."""
    return in_their_hours(mail, now) if _follow_up(mail) else now


def reason_holds(mail: Email, now: datetime) -> bool:
    follow_up = _follow_up(mail)
    return follow_up is None or reason_gone(follow_up) is None


def _follow_up(mail: Email) -> FollowUp | None:
    return FollowUp.objects.select_related("case").filter(mails=mail.pk).first()
