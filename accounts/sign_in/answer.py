"""Sends a code or a password link to a person who asked for one and may have it."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse

from accounts.enums import SignInKind
from accounts.models import User
from accounts.sign_in.codes import hashed, new_code
from accounts.sign_in.mails import mails
from accounts.sign_in.rows import SignInRequest

log = logging.getLogger(__name__)

KEPT = timedelta(days=1)


def answer_sign_ins(*, now: datetime) -> int:
    """Returns how many emails were written. Several may run at once."""
    sent, failed = 0, set[uuid.UUID]()
    while True:
        asked = None
        try:
            with transaction.atomic():
                asked = _next(now, failed)
                if asked is None:
                    return sent
                sent += _answer(asked, now)
        except Exception:
            if asked is None:
                raise
            log.exception("sign_in_unanswered id=%s", asked.pk)
            failed.add(asked.pk)  # wait for the next run, so that it doesn't hold up the others


def forget_sign_ins(*, now: datetime) -> int:
    return SignInRequest.objects.filter(expires_at__lt=now - KEPT).delete()[0]


def _next(now: datetime, failed: set[uuid.UUID]) -> SignInRequest | None:
    waiting = SignInRequest.objects.filter(answered_at__isnull=True, expires_at__gt=now)
    free = waiting.exclude(pk__in=failed).select_for_update(skip_locked=True, of=("self",))
    return free.order_by("created_at").first()


def _answer(asked: SignInRequest, now: datetime) -> bool:
    user = User.objects.filter(email=asked.address, is_active=True).first()
    asked.answered_at = now
    # Codes are for customers, who have no password. Otherwise a mailbox alone would get staff past
    # two-step verification. Everyone else is treated like an unknown address.
    if user is not None and user.is_customer != (asked.kind == SignInKind.CODE):
        user = None
    if user is not None and asked.kind == SignInKind.CODE:
        code = new_code()
        asked.user, asked.code_hash = user, hashed(asked.pk, code)
        mails().mail_code(user, code=code, language=asked.language, now=now)
    elif user is not None:
        mails().mail_new_password(user, link=_reset_path(user), language=asked.language, now=now)
    asked.save(update_fields=["answered_at", "user", "code_hash"])
    return user is not None


def _reset_path(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
