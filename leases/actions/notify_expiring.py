from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from common.company_day import company_zone
from common.weekdays import WEEKDAYS
from leases.availability import Window, is_open, next_open
from leases.clocks import add_days
from leases.mails import rows
from leases.mails.approval_expiring import APPROVAL_EXPIRING
from leases.mails.contracts_expiring import CONTRACTS_EXPIRING
from leases.mails.rows import Found, Opening
from leases.queries.contact import company_hours

# Of the steps reached (such as ten days ahead), only the last is told, so someone who missed the
# earlier one is told once. The deadline is part of the key, so a new deadline has its own notices.
# So is the mail's key, because an approval and the contract made from it can share a deadline.
_EXPIRING = """
    SELECT * FROM (
        SELECT id AS lease_id, template, 'expires_at' AS name, expires_at AS at,
               template || ':' || id || ':' || extract(epoch FROM expires_at)::bigint || ':' ||
                   (SELECT min(days)
                    FROM unnest(%(days)s::int[], %(until)s::timestamptz[]) AS step(days, until)
                    WHERE expires_at <= until) AS key
        FROM leases_lease
        CROSS JOIN LATERAL (
            SELECT CASE status WHEN 'approved' THEN 'approval_expiring'
                               ELSE 'contracts_expiring' END AS template
        ) AS mail
        WHERE expires_at > %(now)s AND expires_at <= %(latest_until)s
    ) AS soon
    WHERE NOT EXISTS (SELECT FROM mail_email WHERE mail_email.key = soon.key)
"""


@transaction.atomic
def notify_expiring(*, now: datetime) -> int:
    """Tells customers days ahead what will expire, once for each deadline and step; returns how
    many.

    Customers outside their contact hours are left to a later run. Only if those hours begin after
    the deadline do the company's hours count instead: late is worse than inconvenient.
    """
    zone = company_zone()
    days = settings.EXPIRY_NOTICE_DAYS
    until = [add_days(now, each, zone) for each in days]
    values = {"now": now, "days": days, "until": until, "latest_until": max(until)}
    found = Found(_EXPIRING, values, [APPROVAL_EXPIRING, CONTRACTS_EXPIRING])
    openings = [(key, _opening(window, now)) for key, window in rows.windows(found)]
    told = [(key, each) for key, each in openings if each is not None]
    return rows.insert(found, told, now=now)


def _opening(window: Window, now: datetime) -> Opening | None:
    if is_open(window, now):
        return Opening(now)
    company = window._replace(days=frozenset(WEEKDAYS), hours=company_hours())
    return Opening(now, latest=next_open(window, now)) if is_open(company, now) else None
