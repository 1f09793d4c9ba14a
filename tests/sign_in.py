"""How a person signs in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.answer import answer_sign_ins
from accounts.sign_in.second_factor import secrets_of
from mail.models import Email


def ask_for_code(client: Client, email: str) -> Any:
    """And the worker answers at once."""
    response = client.post(reverse("account_request_login_code"), {"email": email})
    answer_sign_ins(now=timezone.now())
    return response


def ask_for_password(client: Client, email: str, **headers: str) -> Any:
    page = reverse("account_reset_password")
    response = client.post(page, {"email": email}, headers=headers or None)
    answer_sign_ins(now=timezone.now())
    return response


def mailed_codes() -> list[str]:
    mails = Email.objects.filter(template__key="sign_in_code").order_by("created_at")
    return [str(mail.said.code) for mail in mails]


def mailed_code() -> str:
    """The newest."""
    return mailed_codes()[-1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def give_second_factor(user: User) -> str:
    """Its secret."""
    secret = str(generate_totp_secret())
    with secrets_of(user.pk):
        TOTP.activate(user, secret)
    return secret
