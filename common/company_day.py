"""The company's clock: days begin and deadlines fall where the company is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def company_zone() -> ZoneInfo:
    return ZoneInfo(settings.BUSINESS_TIME_ZONE)


def business_day(moment: datetime) -> date:
    """The day it is where the company is: due days and statements mean this one."""
    return moment.astimezone(company_zone()).date()
