"""Frees what no process holds anymore, after a crash or a wrong clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from mail import backoff
from mail.claims import FREE, time_limit, update_unlocked
from mail.enums import EmailState
from mail.models import Email
from mail.outbound.claim import ended, unanswered
from mail.outbound.policy import MOST_UNANSWERED, at_most_once

# Each has its own index that is small or ends before it, because this runs all the time.
_STRANDED = """
    SELECT EXISTS (
        SELECT FROM mail_email WHERE state IN ('claimed', 'sending')
            AND (claimed_until < %(now)s OR claimed_until > %(longest_claim)s)
    ), EXISTS (
        SELECT FROM mail_email WHERE state = 'pending' AND trying_since IS NOT NULL
            AND next_attempt_at > %(longest_wait)s
    ) OR EXISTS (
        SELECT FROM mail_email WHERE state = 'pending' AND is_secret = false
            AND next_attempt_at > %(longest_closed)s AND error <> ''
    )
"""


def sweep(*, now: datetime) -> int:
    """Takes back what died with its owner; returns how many mails that were.

    A mail that was being sent may have arrived: policy.py says what to do then. Also takes back
    what a clock far ahead had claimed or postponed.
    """
    limits = {
        "now": now,
        "longest_claim": now + time_limit() + backoff.ASTRAY,
        "longest_wait": now + backoff.LONGEST + backoff.ASTRAY,
        "longest_closed": now + backoff.LONGEST_CLOSED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STRANDED, limits)
        are_held, are_put_off = cursor.fetchone()
    if are_put_off:
        _bring_near(**limits)
    return _take_back(now, limits["longest_claim"]) if are_held else 0


def _take_back(now: datetime, longest_claim: datetime) -> int:
    expired = Email.objects.filter(
        Q(claimed_until__lt=now) | Q(claimed_until__gt=longest_claim),
        state__in=[EmailState.CLAIMED, EmailState.SENDING],
    )
    sending = expired.filter(state=EmailState.SENDING)
    gone = {"error": "interrupted", **unanswered(now)}
    unsure = {**ended(EmailState.UNCERTAIN, now), **gone}
    once = Q(template__key__in=at_most_once())
    often = ~once & Q(unanswered__gte=MOST_UNANSWERED - 1)
    given_up = ~once & ~often & Q(attempts__gte=backoff.MOST_ATTEMPTS)
    again = ~once & ~often & ~given_up
    return (
        update_unlocked(expired.filter(state=EmailState.CLAIMED), state=EmailState.PENDING, **FREE)
        + update_unlocked(sending.filter(is_secret=True), params={}, **unsure)
        + update_unlocked(sending.filter(once | often, is_secret=False), **unsure)
        + update_unlocked(sending.filter(given_up), **ended(EmailState.FAILED, now), **gone)
        + update_unlocked(sending.filter(again), **ended(EmailState.PENDING, now), **gone)
    )


def _bring_near(now: datetime, longest_wait: datetime, longest_closed: datetime, **_: Any) -> None:
    """Nothing is sent early: hours and limits are checked again before sending."""
    pending = Q(state=EmailState.PENDING)
    retry = Q(trying_since__isnull=False, next_attempt_at__gt=longest_wait)
    put_off = ~Q(error="") & Q(is_secret=False, next_attempt_at__gt=longest_closed)
    update_unlocked(Email.objects.filter(pending, retry | put_off), next_attempt_at=now)
