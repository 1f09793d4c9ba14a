"""Lease mails for many leases in one statement, with the same rows that base.py makes.

Both statements start from `found`, a query with the columns
  lease_id, template (a key), key (of the mail), name and at (the deadline, as written in params).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from leases.availability import Window, window
from leases.queries.contact import company_hours
from mail.kinds import MailKind
from mail.outbound.nudge import nudge_on_commit
from mail.texts import current_texts

# Each customer's contact hours as one text, so that they can be joined by a hash.
_WINDOW = """concat_ws('|', customer.time_zone, customer.available_days::text,
                       customer.available_from, customer.available_to)"""

_WINDOWS = """
    WITH found AS ({found})
    SELECT DISTINCT {window}, customer.available_days, customer.available_from,
                    customer.available_to, customer.time_zone
    FROM found
    JOIN leases_lease lease ON lease.id = found.lease_id
    JOIN leases_customer customer ON customer.id = lease.customer_id
"""
_INSERT = """
    WITH found AS ({found}), opening AS (
        SELECT *
        FROM unnest(%(windows)s::text[], %(latest)s::timestamptz[], %(goes)s::timestamptz[])
            AS opening(window_key, latest, goes_at)
    ), template AS (
        SELECT * FROM unnest(%(keys)s::text[], %(texts)s::bigint[]) AS template(key, id)
    ), written AS (
    INSERT INTO mail_email
        (id, key, template_id, language, "to", params, is_secret, state, attempts,
         next_attempt_at, error, created_at)
    SELECT gen_random_uuid(), found.key, template.id, customer.language, customer.email,
           jsonb_build_object(
               'customer_name', customer.name, 'account_number', lease.account_number,
               'merchandise', lease.merchandise, 'store', store.name,
               'time_zone', customer.time_zone, found.name, found.at),
           false, 'pending', 0, opening.goes_at, '', opening.goes_at
    FROM found
    JOIN template ON template.key = found.template
    JOIN leases_lease lease ON lease.id = found.lease_id
    JOIN leases_store store ON store.id = lease.store_id
    JOIN leases_customer customer ON customer.id = lease.customer_id
    JOIN opening ON opening.window_key = {window}
    WHERE opening.latest IS NULL OR found.at <= opening.latest
    ON CONFLICT (key) DO NOTHING
    RETURNING id, key
    )
    INSERT INTO leases_leasemail (email_id, lease_id)
    SELECT written.id, found.lease_id FROM written JOIN found ON found.key = written.key
"""


class Opening(NamedTuple):
    """When mails to customers with these contact hours go out, and up to which deadline (None:
    any).
    """

    goes_at: datetime
    latest: datetime | None = None


class Found(NamedTuple):
    """A query with the columns above: a constant in the caller's code, with its values."""

    sql: str
    values: Mapping[str, Any]
    kinds: Collection[MailKind[Any]]  # the possible keys of `template`


def windows(found: Found) -> list[tuple[str, Window]]:
    """The different contact hours of the leases' customers."""
    company = company_hours()
    with connection.cursor() as cursor:
        cursor.execute(_WINDOWS.format(found=found.sql, window=_WINDOW), found.values)
        return [
            (key, window(days, start, end, zone, company)) for key, days, start, end, zone in cursor
        ]


def insert(found: Found, openings: Iterable[tuple[str, Opening]], *, now: datetime) -> int:
    """Inserts the mails for contact hours that have an opening; existing ones stay. Returns how
    many.
    """
    pairs = list(openings)
    if not pairs:
        return 0
    texts = current_texts(found.kinds, now=now)
    values = {
        **found.values,
        "keys": list(texts),
        "texts": [text.pk for text in texts.values()],
        "windows": [key for key, _ in pairs],
        "goes": [opening.goes_at for _, opening in pairs],
        "latest": [opening.latest for _, opening in pairs],
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(found=found.sql, window=_WINDOW), values)
        written: int = cursor.rowcount
    if written:
        nudge_on_commit()
    return written
