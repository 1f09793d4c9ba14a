from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from common.company_day import business_day, company_zone


def days_ago(count: int) -> datetime:
    """Noon of a business day: this many hours ago could be another day across a clock change."""
    day = business_day(timezone.now()) - timedelta(days=count)
    return datetime.combine(day, time(12), company_zone())
