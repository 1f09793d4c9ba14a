from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session

BATCH = 5_000


def forget_expired_sessions(*, now: datetime) -> int:
    """Delete expired rows, one batch per statement, and return how many."""
    forgotten = 0
    while True:
        keys = Session.objects.filter(expire_date__lt=now).values("pk")[:BATCH]
        deleted, _ = Session.objects.filter(pk__in=keys).delete()
        forgotten += deleted
        if deleted < BATCH:
            return forgotten
