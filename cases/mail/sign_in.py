"""allauth's door to Puente: nobody signs up, and its mails take the outbox like all others."""

from __future__ import annotations

import secrets
import uuid
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.outbox import enqueue

CODE_DIGITS = 6


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    # What people meet most, in our own words and US Spanish.
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "incorrect_code": _("This code is wrong or too old. Ask for a new one if need be."),
        "too_many_login_attempts": _("Too many tries. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def generate_login_code(self) -> str:
        """Digits only: typed on a telephone, read aloud."""
        return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At our own address, whatever Host the request named."""
        address = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.BASE_URL}{address.path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """KeyError for a mail our settings never let allauth send."""
        template = {
            "account/email/login_code": TemplateKey.SIGN_IN_CODE,
            "account/email/password_reset_key": TemplateKey.PASSWORD_RESET,
        }[template_prefix]
        user = context.get("user") or User.objects.get_by_natural_key(email)
        if template == TemplateKey.SIGN_IN_CODE:
            minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
            params = {"code": context["code"], "minutes": minutes}
        else:
            params = {"customer_name": user.name, "link": context["password_reset_url"]}
        with transaction.atomic():
            enqueue(
                key=f"{template.value}:{uuid.uuid4()}",
                template=template,
                # as registered: what was typed may only look the same
                to=user.email,
                language=user.language or (translation.get_language() or "en")[:2],
                params=params,
                is_secret=True,
                now=timezone.now(),
            )
