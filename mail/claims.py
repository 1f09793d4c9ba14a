"""A row is claimed for a time: whoever holds it longer finds it somebody else's.

What the outbox of mails and the one of webhooks have in common.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

#: Of a row nobody holds.
FREE: dict[str, Any] = {"owner": None, "claimed_until": None}


def time_limit() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS)


def update_unlocked(rows: QuerySet[Any], **changes: object) -> int:
    """Skips rows that others are just changing: two sweepers neither wait nor deadlock."""
    with transaction.atomic(durable=True):
        free = rows.order_by().select_for_update(skip_locked=True, of=("self",)).values("pk")
        return int(rows.model._default_manager.filter(pk__in=free).update(**changes))
