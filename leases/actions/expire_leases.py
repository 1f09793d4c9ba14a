from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from leases.actions.expire_due import expire_due
from leases.availability import next_open
from leases.mails import rows
from leases.mails.approval_expired import APPROVAL_EXPIRED
from leases.mails.contracts_expired import CONTRACTS_EXPIRED
from leases.mails.rows import Found, Opening

#: Seconds for each statement, commit included; less than the worker's time limit for a task.
PATIENCE = 90
# The lease's new status is the key of its mail.
_EXPIRED = """
    SELECT event.lease_id, event.to_status AS template,
           'expired:' || event.lease_id || ':' || event.id AS key,
           'expired_at' AS name, expired.at
    FROM unnest(%(events)s::bigint[], %(deadlines)s::timestamptz[]) AS expired(id, at)
    JOIN leases_statusevent event ON event.id = expired.id
"""


@transaction.atomic
def expire_leases(*, now: datetime) -> int:
    """Expires what is due and tells the customers, in one transaction; returns how many leases.

    The mails go out when the customer's contact hours begin, so at once or within days. However
    late this runs, the mail names the deadline itself.
    """
    with connection.cursor() as cursor:  # for a backlog; a usual run takes milliseconds
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
    expired = expire_due(now=now)
    if expired:
        events = {"events": [each.event for each in expired]}
        values = events | {"deadlines": [each.at for each in expired]}
        found = Found(_EXPIRED, values, [APPROVAL_EXPIRED, CONTRACTS_EXPIRED])
        openings = [(key, Opening(next_open(window, now))) for key, window in rows.windows(found)]
        rows.insert(found, openings, now=now)
    return len(expired)
