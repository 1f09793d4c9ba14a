from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leases.queries.ledger import business_day


def days_ago(count: int) -> datetime:
    """Noon of a business day: so many hours ago would be another day where the clocks changed."""
    day = business_day(timezone.now()) - timedelta(days=count)
    return datetime.combine(day, time(12), ZoneInfo(settings.BUSINESS_TIME_ZONE))
