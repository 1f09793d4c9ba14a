from __future__ import annotations

from datetime import datetime
from typing import Any

from leases.models import WebhookDelivery


def add_delivery(like: WebhookDelivery, now: datetime, **fields: Any) -> WebhookDelivery:
    """Another one that waits."""
    values = {
        "endpoint": like.endpoint, "event": like.event, "replay_of": like, "next_attempt_at": now,
        "created_at": now,
    }  # fmt: skip
    return WebhookDelivery.objects.create(**values | fields)
