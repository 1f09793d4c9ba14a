"""Remembers a merchant's request and its answer, so that sending it again changes nothing.

It's claimed before the work in its own transaction, and answered in the work's transaction. A
process that dies in between leaves a claim that another may take over once it's old.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from leases.models import ApiKey, IdempotentRequest

#: Longer than a statement may take, and the work is a few statements.
LOCKED = timedelta(seconds=60)
KEPT = timedelta(days=7)
# Ours if it's new or its worker is gone; a recent claim, an answer or another request stays.
CLAIM = """
    INSERT INTO leases_idempotentrequest AS known
        (api_key_id, key, fingerprint, locked_until, status, body, content_type, created_at)
    VALUES (%(api_key)s, %(key)s, %(fingerprint)s, %(until)s, NULL, '', '', %(now)s)
    ON CONFLICT (api_key_id, key) DO UPDATE SET locked_until = EXCLUDED.locked_until
    WHERE known.status IS NULL AND known.locked_until <= %(now)s
        AND known.fingerprint = EXCLUDED.fingerprint
    RETURNING id
"""


def claim_request(
    *, api_key: ApiKey, key: str, fingerprint: str, now: datetime
) -> IdempotentRequest | None:
    """The claim, for the caller to do the work; None if `answered_request` has the answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {
                "api_key": api_key.pk,
                "key": key,
                "fingerprint": fingerprint,
                "until": now + LOCKED,
                "now": now,
            },
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return IdempotentRequest(
        id=row[0], api_key=api_key, key=key, fingerprint=fingerprint, locked_until=now + LOCKED
    )


def answer_request(*, claim: IdempotentRequest, status: int, body: str, content_type: str) -> bool:
    """Stores the answer. False if someone took over the claim: then our work must be rolled
    back.
    """
    kept = _still(claim).update(
        status=status, body=body, content_type=content_type, locked_until=None
    )
    return kept == 1


def release_request(*, claim: IdempotentRequest) -> None:
    """The work failed on our side, so it may be tried again at once."""
    _still(claim).delete()


def forget_requests(*, now: datetime) -> int:
    """Deletes requests too old to be sent again; returns how many."""
    return IdempotentRequest.objects.filter(created_at__lte=now - KEPT).delete()[0]


def _still(claim: IdempotentRequest) -> QuerySet[IdempotentRequest]:
    return IdempotentRequest.objects.filter(pk=claim.pk, locked_until=claim.locked_until)
