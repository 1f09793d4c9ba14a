"""Claims on rows for a limited time: another process may take over a row held longer.

Shared by the outbox for mails and the one for webhooks.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

#: The owner of a row no one holds.
FREE: dict[str, Any] = {"owner": None, "claimed_until": None}


def time_limit() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS)


def update_unlocked(rows: QuerySet[Any], **changes: object) -> int:
    """Skips rows that others are changing, so that two sweepers neither wait for each other nor
    deadlock.
    """
    with transaction.atomic(durable=True):
        free = rows.order_by().select_for_update(skip_locked=True, of=("self",)).values("pk")
        return int(rows.model._default_manager.filter(pk__in=free).update(**changes))
