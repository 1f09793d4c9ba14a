"""Codes that are mailed: asked for, tried, used once, in the browser that asked."""

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
    """The code has been used, is too old, or was tried too often."""


def ask(*, kind: SignInKind, address: str, language: str, now: datetime) -> SignInRequest:
    """One row, whoever's address it is; `answer.py` does the rest."""
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
    """The request whose code is waited for; the same for an address nobody has."""
    asked = SignInRequest.objects.filter(pk=pk, kind=SignInKind.CODE, tries__lt=TRIES)
    return asked.filter(used_at__isnull=True, expires_at__gt=now).first()


def resend(asked: SignInRequest, *, now: datetime) -> bool:
    """A new code in place of the last one. Tries stay counted. False: often enough."""
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
    """Digits only: typed on a telephone, read aloud."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hashed(asked: uuid.UUID, code: str) -> str:
    """By our own key: a million hashes are soon tried."""
    return salted_hmac(f"accounts.code.{asked}", code, algorithm="sha256").hexdigest()


def try_code(asked: uuid.UUID, code: str, *, now: datetime) -> User | None:
    """Whose code it is, once; None if it is wrong. NoTryLeftError, with the last wrong one too.

    Each try is counted before it is looked at: many at the same moment are as many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TRY, [asked, TRIES, now])
        row = cursor.fetchone()
    if row is None:
        raise NoTryLeftError
    code_hash, user_id, address, tries = row
    right = constant_time_compare(hashed(asked, "".join(code.split())), code_hash or "-")
    if right and _use(asked, code_hash, now):
        # The address may be somebody else's by now.
        return User.objects.filter(pk=user_id, email=address, is_active=True).first()
    if tries >= TRIES:
        raise NoTryLeftError
    return None


def _use(asked: uuid.UUID, code_hash: str, now: datetime) -> bool:
    mine = SignInRequest.objects.filter(pk=asked, code_hash=code_hash, used_at__isnull=True)
    return bool(mine.update(used_at=now, code_hash=""))


def let_die(user: User, *, now: datetime) -> None:
    """Codes that are on their way to this person."""
    SignInRequest.objects.filter(user=user, expires_at__gt=now).update(expires_at=now, code_hash="")
