"""Who may send which mail: short conditional updates, fenced by the owner.

`pending → claimed → sending → sent`. A claim is a lease; when it runs out, `sweep` takes it back
and the former owner's updates find no row any more. No transaction is open during SMTP.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Least

from cases.enums import EmailState
from cases.mail import backoff
from cases.mail.policy import AT_MOST_ONCE, MOST_UNANSWERED
from cases.models import Email

_FREE = {"owner": None, "lease_until": None}
# One statement. The CTE is materialized, so the rows are chosen, and locked, once.
_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT id FROM cases_email
        WHERE state = 'pending' AND next_attempt_at <= %(now)s AND is_secret >= %(secret)s
        ORDER BY is_secret DESC, next_attempt_at, created_at
        LIMIT %(size)s
        FOR UPDATE SKIP LOCKED
    )
    UPDATE cases_email AS email
    SET state = 'claimed', owner = %(owner)s, lease_until = %(until)s
    FROM due WHERE email.id = due.id
    RETURNING email.*
"""
_BEGIN = """
    UPDATE cases_email SET state = 'sending', attempts = %s, lease_until = %s
    WHERE id = %s AND owner = %s AND state = 'claimed'
"""
# Each has an index of its own that is small, or ends before it: this is asked all the time.
_STRANDED = """
    SELECT EXISTS (
        SELECT FROM cases_email WHERE state IN ('claimed', 'sending')
            AND (lease_until < %(now)s OR lease_until > %(longest_lease)s)
    ), EXISTS (
        SELECT FROM cases_email WHERE state = 'pending' AND trying_since IS NOT NULL
            AND next_attempt_at > %(longest_wait)s
    ) OR EXISTS (
        SELECT FROM cases_email WHERE state = 'pending' AND is_secret = false
            AND next_attempt_at > %(longest_closed)s AND error <> ''
    )
"""
_SENT = """
    UPDATE cases_email SET state = 'sent', sent_at = %s, remote_id = %s, error = '',
        owner = NULL, lease_until = NULL, trying_since = NULL
    WHERE id = %s AND owner = %s AND state = 'sending'
"""


def lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def due(now: datetime) -> QuerySet[Email]:
    return Email.objects.filter(state=EmailState.PENDING, next_attempt_at__lte=now)


def claim(*, owner: uuid.UUID, size: int, now: datetime, secrets_only: bool = False) -> list[Email]:
    """Up to `size` mails that are due, nobody else's: who waits for a code comes first."""
    values = {
        "owner": owner,
        "size": size,
        "now": now,
        "until": now + lease(),
        "secret": secrets_only,
    }
    with transaction.atomic(durable=True):
        claimed = list(Email.objects.raw(_CLAIM, values))
    prefetch_related_objects(claimed, "template")
    return sorted(claimed, key=lambda mail: (not mail.is_secret, mail.next_attempt_at))


def begin(mail: Email, *, now: datetime) -> bool:
    """Claimed → sending with a fresh lease. False: the claim ran out and is no longer ours."""
    mail.attempts += 1
    return _changed(_BEGIN, [mail.attempts, now + lease(), mail.pk, mail.owner])


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
    """Sending → what became of it. False: somebody else has taken the mail over.

    `is_unanswered`: it was handed over, and nobody says whether it arrived.
    """
    if state == EmailState.SENT and not mail.is_secret:
        return _changed(_SENT, [now, remote_id[:200], mail.pk, mail.owner])
    changes: dict[str, object] = {**_ended(state, now), "error": error[:200]}
    if is_unanswered:
        changes |= _unanswered(now)
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
    """A fresh lease while the server takes its time. False: somebody else has taken it over."""
    return bool(_being_sent(mail).update(lease_until=now + lease()))


def _being_sent(mail: Email) -> QuerySet[Email]:
    return Email.objects.filter(pk=mail.pk, owner=mail.owner, state=EmailState.SENDING)


def _ended(state: EmailState, now: datetime) -> dict[str, object]:
    """Of one attempt, whatever came of it."""
    changes: dict[str, object] = {**_FREE, "state": state, "trying_since": None}
    if state == EmailState.PENDING:
        changes["trying_since"] = Least("trying_since", Value(now))  # NULL is not the least
    if state == EmailState.FAILED:
        changes["next_attempt_at"] = now  # there is none: since when nobody tries any more
    return changes


def _unanswered(now: datetime) -> dict[str, object]:
    return {"unanswered": F("unanswered") + 1, "unanswered_at": now}


def _changed(statement: str, values: list[Any]) -> bool:
    """Twice for every mail there is: written out, because the ORM takes three times as long."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def put_off(mail: Email, until: datetime, *, error: str) -> bool:
    """Claimed → pending, for a later hour; that is no attempt. False: the claim ran out."""
    ours = Email.objects.filter(pk=mail.pk, owner=mail.owner, state=EmailState.CLAIMED)
    return bool(
        ours.update(
            state=EmailState.PENDING,
            next_attempt_at=until,
            error=error,
            trying_since=None,
            **_FREE,
        )
    )


def renew(owner: uuid.UUID, *, now: datetime) -> None:
    """The rest of a long batch stays ours."""
    Email.objects.filter(owner=owner, state=EmailState.CLAIMED).update(lease_until=now + lease())


def release(owner: uuid.UUID) -> None:
    """What was claimed and not begun goes back."""
    Email.objects.filter(owner=owner, state=EmailState.CLAIMED).update(
        state=EmailState.PENDING, **_FREE
    )


def sweep(*, now: datetime) -> int:
    """Take back what died with its owner; how many that were.

    A mail that was being sent may have arrived: cases/mail/policy.py says what becomes of it. What
    a clock set far ahead was taken or put off by it.
    """
    limits = {
        "now": now,
        "longest_lease": now + lease() + backoff.ASTRAY,
        "longest_wait": now + backoff.LONGEST + backoff.ASTRAY,
        "longest_closed": now + backoff.LONGEST_CLOSED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STRANDED, limits)
        are_held, are_put_off = cursor.fetchone()
    if are_put_off:
        _bring_near(**limits)
    return _take_back(now, limits["longest_lease"]) if are_held else 0


def _take_back(now: datetime, longest_lease: datetime) -> int:
    expired = Email.objects.filter(
        Q(lease_until__lt=now) | Q(lease_until__gt=longest_lease),
        state__in=[EmailState.CLAIMED, EmailState.SENDING],
    )
    sending = expired.filter(state=EmailState.SENDING)
    gone = {"error": "interrupted", **_unanswered(now)}
    unsure = {**_ended(EmailState.UNCERTAIN, now), **gone}
    once = Q(template__key__in=AT_MOST_ONCE)
    often = ~once & Q(unanswered__gte=MOST_UNANSWERED - 1)
    given_up = ~once & ~often & Q(attempts__gte=backoff.MOST_ATTEMPTS)
    again = ~once & ~often & ~given_up
    return (
        _update(expired.filter(state=EmailState.CLAIMED), state=EmailState.PENDING, **_FREE)
        + _update(sending.filter(is_secret=True), params={}, **unsure)
        + _update(sending.filter(once | often, is_secret=False), **unsure)
        + _update(sending.filter(given_up), **_ended(EmailState.FAILED, now), **gone)
        + _update(sending.filter(again), **_ended(EmailState.PENDING, now), **gone)
    )


def _bring_near(now: datetime, longest_wait: datetime, longest_closed: datetime, **_: Any) -> None:
    """Nothing goes early by that: hours and cap are asked again before it is sent."""
    pending = Q(state=EmailState.PENDING)
    retry = Q(trying_since__isnull=False, next_attempt_at__gt=longest_wait)
    put_off = ~Q(error="") & Q(is_secret=False, next_attempt_at__gt=longest_closed)
    _update(Email.objects.filter(pending, retry | put_off), next_attempt_at=now)


def _update(rows: QuerySet[Email], **changes: object) -> int:
    """Skips rows that others are just changing: two sweepers neither wait nor deadlock."""
    with transaction.atomic(durable=True):
        free = rows.select_for_update(skip_locked=True, of=("self",)).values("pk")
        return Email.objects.filter(pk__in=free).update(**changes)
