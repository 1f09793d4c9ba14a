"""Days by which someone must act. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from common.business_days import add_business_days

#: Business days until the next update if no one names a day.
NEXT_UPDATE_DAYS = 3
#: And for a customer to send what a call asks for, where we act sooner than that.
SEND_DAYS = 5


def next_update(now: datetime, zone: ZoneInfo, days: int = NEXT_UPDATE_DAYS) -> date:
    return add_business_days(now.astimezone(zone).date(), days)


def after_agreed(agreed: date) -> date:
    """Our step after the day on which someone else does what they agreed to do."""
    return add_business_days(agreed, 1)


def send_by(due_on: date, asked_at: datetime, zone: ZoneInfo) -> date:
    """The day by which a customer sends what a call asked for: that of our next step, which may be
    tomorrow because we hurry. Their papers take as long as ever.
    """
    if due_on >= next_update(asked_at, zone):
        return due_on
    return next_update(asked_at, zone, SEND_DAYS)
