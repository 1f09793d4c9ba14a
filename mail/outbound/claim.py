"""Who may send which mail: short conditional updates, checked by owner.

`pending → claimed → sending → sent`. A claim has a time limit. When it runs out, sweep.py takes the
mail back, and the former owner's updates match no row. No transaction is open during SMTP.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Least

from mail.claims import FREE, time_limit
from mail.enums import EmailState
from mail.models import Email
from mail.recipients import Recipient

# One statement. The CTE is materialized, so rows are chosen and locked only once.
CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT id FROM mail_email
        WHERE state = 'pending' AND next_attempt_at <= %(now)s AND is_secret >= %(secret)s
        ORDER BY is_secret DESC, next_attempt_at, created_at
        LIMIT %(size)s
        FOR UPDATE SKIP LOCKED
    )
    UPDATE mail_email AS email
    SET state = 'claimed', owner = %(owner)s, claimed_until = %(until)s
    FROM due WHERE email.id = due.id
    RETURNING email.*
"""
_BEGIN = """
    UPDATE mail_email SET state = 'sending', attempts = %s, claimed_until = %s
    WHERE id = %s AND owner = %s AND state = 'claimed'
"""
_SENT = """
    UPDATE mail_email SET state = 'sent', sent_at = %s, remote_id = %s, error = '',
        owner = NULL, claimed_until = NULL, trying_since = NULL
    WHERE id = %s AND owner = %s AND state = 'sending'
"""


def due(now: datetime) -> QuerySet[Email]:
    return Email.objects.filter(state=EmailState.PENDING, next_attempt_at__lte=now)


def claim(*, owner: uuid.UUID, size: int, now: datetime, secrets_only: bool = False) -> list[Email]:
    """Up to `size` due mails that no one else has: those that someone waits for come first."""
    values = {
        "owner": owner,
        "size": size,
        "now": now,
        "until": now + time_limit(),
        "secret": secrets_only,
    }
    with transaction.atomic(durable=True):
        claimed = list(Email.objects.raw(CLAIM, values))
    prefetch_related_objects(claimed, "template")
    return sorted(claimed, key=lambda mail: (not mail.is_secret, mail.next_attempt_at))


def begin(mail: Email, *, now: datetime) -> bool:
    """Claimed → sending, with a new time limit. False: the claim ran out and is no longer ours."""
    mail.attempts += 1
    return _changed(_BEGIN, [mail.attempts, now + time_limit(), mail.pk, mail.owner])


def finish(
    mail: Email,
    state: EmailState,
    *,
    now: datetime,
    error: str,
    wait: timedelta,
    remote_id: str = "",
    is_unanswered: bool = False,
) -> bool:
    """Sending → its result. False: someone else has taken over the mail.

    `is_unanswered`: it was sent, and no one says whether it arrived.
    """
    if state == EmailState.SENT and not mail.is_secret:
        return _changed(_SENT, [now, remote_id[:200], mail.pk, mail.owner])
    changes: dict[str, object] = {**ended(state, now), "error": error[:200]}
    if is_unanswered:
        changes |= unanswered(now)
    if state == EmailState.SENT:
        changes["sent_at"] = now
    if remote_id:
        changes["remote_id"] = remote_id[:200]
    if state == EmailState.PENDING:
        changes["next_attempt_at"] = now + wait
    elif mail.is_secret:
        changes["params"] = {}
    return bool(_being_sent(mail).update(**changes))


def hold(mail: Email, *, now: datetime) -> bool:
    """A new time limit while the server is slow. False: someone else has taken over the mail."""
    return bool(_being_sent(mail).update(claimed_until=now + time_limit()))


def _being_sent(mail: Email) -> QuerySet[Email]:
    return Email.objects.filter(pk=mail.pk, owner=mail.owner, state=EmailState.SENDING)


def ended(state: EmailState, now: datetime) -> dict[str, object]:
    """Updates after one attempt, whatever its result."""
    changes: dict[str, object] = {**FREE, "state": state, "trying_since": None}
    if state == EmailState.PENDING:
        changes["trying_since"] = Least("trying_since", Value(now))  # LEAST ignores NULL
    if state == EmailState.FAILED:
        changes["next_attempt_at"] = now  # if there is none: since when no one has tried
    return changes


def unanswered(now: datetime) -> dict[str, object]:
    """Updates after an attempt that may have arrived."""
    return {"unanswered": F("unanswered") + 1, "unanswered_at": now}


def _changed(statement: str, values: list[Any]) -> bool:
    """Runs twice for every mail, so it's written as SQL: the ORM takes three times as long."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def put_off(mail: Email, until: datetime, *, error: str, **changes: str) -> bool:
    """Claimed → pending until a later hour; doesn't count as an attempt. False: the claim
    ran out.
    """
    ours = Email.objects.filter(pk=mail.pk, owner=mail.owner, state=EmailState.CLAIMED)
    return bool(
        ours.update(
            state=EmailState.PENDING,
            next_attempt_at=until,
            error=error,
            trying_since=None,
            **FREE,
            **changes,
        )
    )


def readdress(mail: Email, due: Recipient, *, now: datetime) -> bool:
    """Claimed → pending for the one who has to get it. False: the claim ran out."""
    language = due.language or mail.language
    return put_off(mail, now, error="", to=due.to, care_of=due.care_of, language=language)


def renew(owner: uuid.UUID, *, now: datetime) -> None:
    """Keeps the rest of a long batch ours."""
    Email.objects.filter(owner=owner, state=EmailState.CLAIMED).update(
        claimed_until=now + time_limit()
    )


def release(owner: uuid.UUID) -> None:
    """Gives back what was claimed and not begun."""
    Email.objects.filter(owner=owner, state=EmailState.CLAIMED).update(
        state=EmailState.PENDING, **FREE
    )
