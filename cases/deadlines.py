"""Days by which someone must act. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from common.business_days import add_business_days

#: Business days until the next update if no one names a day.
NEXT_UPDATE_DAYS = 3


def next_update(now: datetime, zone: ZoneInfo, days: int = NEXT_UPDATE_DAYS) -> date:
    return add_business_days(now.astimezone(zone).date(), days)
