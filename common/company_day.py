"""The company's clock: days begin and deadlines end in the company's time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def company_zone() -> ZoneInfo:
    return ZoneInfo(settings.BUSINESS_TIME_ZONE)


def business_day(moment: datetime) -> date:
    """The company's date at `now`: due dates and statements use it, not the reader's."""
    return moment.astimezone(company_zone()).date()
