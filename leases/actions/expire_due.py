from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from leases.enums import Actor, LeaseStatus, Rule
from leases.models import Lease
from leases.webhooks.outbox import ANNOUNCE

# One statement for everything that is due. It locks the rows first, so an expiration that meets a
# delivery waits for it and then finds the lease funded. The second of two beats finds nothing.
EXPIRE = (
    """
    WITH due AS (
        SELECT id, status, expires_at, expires_as,
               CASE expires_as WHEN %(contracts_expired)s THEN contracts_at ELSE approved_at END
                   AS clock_started_at
        FROM leases_lease
        WHERE expires_at <= %(now)s {also}
        ORDER BY id
        FOR UPDATE
    ), moved AS (
        UPDATE leases_lease AS lease
        SET status = due.expires_as, ended_at = due.expires_at, expires_at = NULL, expires_as = ''
        FROM due
        WHERE lease.id = due.id
    ), announced AS (
        INSERT INTO leases_statusevent
            (lease_id, from_status, to_status, rule, actor, by_id, reason, clock_started_at, at,
             happened_at)
        SELECT id, status, expires_as,
               CASE expires_as WHEN %(contracts_expired)s
                   THEN %(contracts_age)s ELSE %(approval_age)s END,
               %(clock)s, NULL, '', clock_started_at, %(now)s, expires_at
        FROM due
        RETURNING id, lease_id, at
    ), deliveries AS ("""  # noqa: S608 - both parts are constants
    + ANNOUNCE
    + """)
    SELECT announced.id, due.expires_at FROM announced JOIN due ON due.id = announced.lease_id
"""
)
_VALUES = {
    "contracts_expired": LeaseStatus.CONTRACTS_EXPIRED.value,
    "contracts_age": Rule.CONTRACTS_AGE.value,
    "approval_age": Rule.APPROVAL_AGE.value,
    "clock": Actor.CLOCK.value,
}
_ALL, _ONE = EXPIRE.format(also=""), EXPIRE.format(also="AND id = %(lease)s")


class Expired(NamedTuple):
    event: int
    at: datetime  # the deadline that passed; the event may be written later


@transaction.atomic
def expire_due(*, now: datetime) -> list[Expired]:
    """Expires every lease past its deadline and writes its history.

    `expire_leases` calls it and tells the customers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"now": now, **_VALUES})
        return [Expired(*row) for row in cursor]


def expire_one(*, lease: Lease, now: datetime) -> None:
    """The same for one lease whose history continues at once; inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, {"now": now, "lease": lease.pk, **_VALUES})
