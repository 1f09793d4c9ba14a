from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from leases.actions.api_keys import digest
from leases.models import ApiKey

WINDOW = timedelta(minutes=1)
# One statement, so that requests at the same moment are counted one by one. The first of a minute
# also sets when the key was last used; beyond the limit nothing more is counted.
COUNT = """
    UPDATE leases_apikey
    SET window_started_at = CASE WHEN window_started_at > %(before)s
            THEN window_started_at ELSE %(now)s END,
        window_count = CASE WHEN window_started_at > %(before)s
            THEN LEAST(window_count, %(limit)s) + 1 ELSE 1 END,
        last_used_at = CASE WHEN window_started_at > %(before)s
            THEN last_used_at ELSE %(now)s END
    WHERE id = %(id)s
    RETURNING window_count, window_started_at
"""


class Usage(NamedTuple):
    """A key's requests in the current minute."""

    limit: int
    used: int
    seconds: int  # until the next minute begins, at least 1

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def is_over(self) -> bool:
        return self.used > self.limit


def known_key(sent: str) -> ApiKey | None:
    """The key that was sent as `<prefix>.<secret>`; None if it's wrong or revoked."""
    prefix, _, secret = sent.partition(".")
    if not sent.isascii() or not sent.isprintable():  # not our key; PostgreSQL rejects NUL
        return None
    key = ApiKey.objects.select_related("merchant", "store").filter(prefix=prefix).first()
    is_right = secrets.compare_digest(key.digest if key else digest(""), digest(secret))
    return key if key and is_right and key.revoked_at is None else None


def use_api_key(*, key: ApiKey, limit: int, now: datetime) -> Usage:
    """Counts one request. Outside any transaction, so that refused requests count as well."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"now": now, "before": now - WINDOW, "limit": limit, "id": key.pk})
        count, began = cursor.fetchone()
    left = (began + WINDOW - now).total_seconds()
    return Usage(limit, count, max(1, -int(-left // 1)))
