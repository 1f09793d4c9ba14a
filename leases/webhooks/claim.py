"""Who may send which message: short conditional updates, checked by owner.

`pending → sending → delivered, pending again or failed`. A claim has a time limit. When it runs
out, `sweep` takes the message back, and the former owner's updates match no row.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet, prefetch_related_objects

from leases.enums import DeliveryError, DeliveryState
from leases.models import WebhookDelivery, WebhookEndpoint
from leases.webhooks.backoff import MOST_ATTEMPTS, OLDEST
from mail.claims import FREE, time_limit, update_unlocked

#: For one endpoint at a time; what is left over goes back.
SIZE = 10
# The endpoint that has waited longest, then its oldest messages; one index each (webhook_waiting).
_CLAIM = """
    WITH chosen AS MATERIALIZED (
        SELECT endpoint.id
        FROM leases_webhookendpoint AS endpoint
        CROSS JOIN LATERAL (
            SELECT next_attempt_at FROM leases_webhookdelivery
            WHERE endpoint_id = endpoint.id AND state = 'pending' AND next_attempt_at <= %(now)s
            ORDER BY next_attempt_at LIMIT 1
        ) AS first
        WHERE (endpoint.paused_until IS NULL OR endpoint.paused_until <= %(now)s)
            AND endpoint.id <> ALL(%(busy)s)
        ORDER BY first.next_attempt_at, endpoint.id LIMIT 1
    ), due AS MATERIALIZED (
        SELECT id FROM leases_webhookdelivery
        WHERE endpoint_id = (SELECT id FROM chosen)
            AND state = 'pending' AND next_attempt_at <= %(now)s
        ORDER BY next_attempt_at LIMIT %(size)s
        FOR UPDATE SKIP LOCKED
    )
    UPDATE leases_webhookdelivery AS delivery
    SET state = 'sending', owner = %(owner)s, claimed_until = %(until)s, attempts = attempts + 1
    FROM due WHERE delivery.id = due.id
    RETURNING delivery.*
"""


def claim(*, owner: uuid.UUID, busy: Collection[int], now: datetime) -> list[WebhookDelivery]:
    """What is due at one endpoint that isn't `busy`, oldest first. Each counts as an attempt."""
    values = {
        "owner": owner,
        "busy": list(busy),
        "size": SIZE,
        "now": now,
        "until": now + time_limit(),
    }
    with transaction.atomic(durable=True):
        claimed = list(WebhookDelivery.objects.raw(_CLAIM, values))
    prefetch_related_objects(claimed, "endpoint", "event__lease")
    return sorted(claimed, key=lambda each: (each.created_at, each.event_id))


def finish(
    delivery: WebhookDelivery,
    state: DeliveryState,
    *,
    now: datetime,
    status: int | None,
    error: str,
    wait: timedelta,
) -> bool:
    """Records the result. False: the claim ran out and someone else took over the message."""
    changes: dict[str, object] = {
        **FREE, "state": state, "response_status": status, "error": error
    }  # fmt: skip
    if state == DeliveryState.DELIVERED:
        changes["delivered_at"] = now
    if state == DeliveryState.PENDING:
        changes["next_attempt_at"] = now + wait
    return bool(_ours(delivery).update(**changes))


def release(delivery: WebhookDelivery) -> None:
    """Claimed and not begun: goes back as it was."""
    _ours(delivery).update(state=DeliveryState.PENDING, attempts=F("attempts") - 1, **FREE)


def _ours(delivery: WebhookDelivery) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(
        pk=delivery.pk, owner=delivery.owner, state=DeliveryState.SENDING
    )


def hold_back(endpoint: WebhookEndpoint, until: datetime) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(paused_until=until)


def switch_off(endpoint: WebhookEndpoint) -> None:
    """The endpoint's system said that it's gone. Waiting messages are given up when their turn
    comes.
    """
    WebhookEndpoint.objects.filter(pk=endpoint.pk, url=endpoint.url).update(
        is_active=False, paused_until=None
    )


def give_up_old(endpoint: WebhookEndpoint, *, error: str, now: datetime) -> int:
    old = WebhookDelivery.objects.filter(
        endpoint=endpoint, state=DeliveryState.PENDING, created_at__lt=now - OLDEST
    )
    return update_unlocked(old, state=DeliveryState.FAILED, error=error)


def sweep(*, now: datetime) -> int:
    """Takes back what its sender didn't finish; returns how many. It may have arrived, and is sent
    again.
    """
    died = WebhookDelivery.objects.filter(state=DeliveryState.SENDING, claimed_until__lt=now)
    if not died.exists():
        return 0
    changes = {"error": DeliveryError.INTERRUPTED, **FREE}
    again = died.filter(attempts__lt=MOST_ATTEMPTS)
    over = died.filter(attempts__gte=MOST_ATTEMPTS)
    return update_unlocked(again, state=DeliveryState.PENDING, **changes) + update_unlocked(
        over, state=DeliveryState.FAILED, **changes
    )
