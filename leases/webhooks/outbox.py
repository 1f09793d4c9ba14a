"""A delivery to each active endpoint of the lease's merchant, in the transaction of the event."""

from __future__ import annotations

from django.db import connection

from leases.models import StatusEvent

#: For a statement that names its events `announced`, with the columns (id, lease_id, at).
ANNOUNCE = """
    INSERT INTO leases_webhookdelivery
        (id, endpoint_id, event_id, state, attempts, next_attempt_at, error, created_at)
    SELECT gen_random_uuid(), endpoint.id, announced.id, 'pending', 0, announced.at, '',
           announced.at
    FROM announced
    JOIN leases_lease AS lease ON lease.id = announced.lease_id
    JOIN leases_store AS store ON store.id = lease.store_id
    JOIN leases_webhookendpoint AS endpoint
        ON endpoint.merchant_id = store.merchant_id AND endpoint.is_active
"""
_ONE = "WITH announced AS (SELECT id, lease_id, at FROM leases_statusevent WHERE id = %s)"


def announce(event: StatusEvent) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ONE + ANNOUNCE, [event.pk])
