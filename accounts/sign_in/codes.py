"""Codes by email: requested, tried, and used once, in the browser that asked."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta
from functools import partial

from django.db import connection
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import doorbell
from accounts.enums import SignInKind
from accounts.models import User
from accounts.sign_in.rows import SignInRequest

DIGITS = 6
MINUTES = 10
TRIES = 3
RESENDS = 2
TASK = "accounts.tasks.answer_sign_ins"

_TRY = """
    UPDATE accounts_signinrequest SET tries = tries + 1
    WHERE id = %s AND kind = 'code' AND tries < %s AND used_at IS NULL AND expires_at > %s
    RETURNING code_hash, user_id, address, tries
"""

_ring = partial(doorbell.ring, TASK)


class NoTryLeftError(Exception):
    """The code was used, has expired, or was tried too often."""


def ask(*, kind: SignInKind, address: str, language: str, now: datetime) -> SignInRequest:
    """Writes one row, whether or not anyone has the address; `answer.py` does the rest."""
    asked = SignInRequest.objects.create(
        kind=kind,
        address=address.lower(),
        language=language,
        created_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
    )
    doorbell.once_on_commit(_ring)
    return asked


def pending(pk: uuid.UUID, *, now: datetime) -> SignInRequest | None:
    """The request that waits for its code; the same for an unknown address."""
    asked = SignInRequest.objects.filter(pk=pk, kind=SignInKind.CODE, tries__lt=TRIES)
    return asked.filter(used_at__isnull=True, expires_at__gt=now).first()


def resend(asked: SignInRequest, *, now: datetime) -> bool:
    """Replace the last code. Its tries still count. False if that was often enough."""
    again = SignInRequest.objects.filter(pk=asked.pk, resends__lt=RESENDS, used_at__isnull=True)
    done = again.update(
        resends=F("resends") + 1,
        answered_at=None,
        code_hash="",
        expires_at=now + timedelta(minutes=MINUTES),
    )
    doorbell.once_on_commit(_ring)
    return bool(done)


def new_code() -> str:
    """Digits only, easy to type on a phone and to read aloud."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hashed(asked: uuid.UUID, code: str) -> str:
    """Keyed, because a million plain hashes are quickly tried."""
    return salted_hmac(f"accounts.code.{asked}", code, algorithm="sha256").hexdigest()


def try_code(asked: uuid.UUID, code: str, *, now: datetime) -> User | None:
    """The code's owner, once; None if it's wrong. NoTryLeftError also after the last wrong try.

    Each try is counted before it's checked, so that simultaneous tries all count.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TRY, [asked, TRIES, now])
        row = cursor.fetchone()
    if row is None:
        raise NoTryLeftError
    code_hash, user_id, address, tries = row
    right = constant_time_compare(hashed(asked, "".join(code.split())), code_hash or "-")
    if right and _use(asked, code_hash, now):
        # The address may belong to someone else by now.
        return User.objects.filter(pk=user_id, email=address, is_active=True).first()
    if tries >= TRIES:
        raise NoTryLeftError
    return None


def _use(asked: uuid.UUID, code_hash: str, now: datetime) -> bool:
    mine = SignInRequest.objects.filter(pk=asked, code_hash=code_hash, used_at__isnull=True)
    return bool(mine.update(used_at=now, code_hash=""))


def let_die(user: User, *, now: datetime) -> None:
    """Invalidate this person's pending codes."""
    SignInRequest.objects.filter(user=user, expires_at__gt=now).update(expires_at=now, code_hash="")
