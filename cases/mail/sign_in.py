"""What signing in tells people takes the outbox like all other mails."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.sign_in import codes
from accounts.sign_in.adapter import SignInAdapter
from cases.enums import TemplateKey
from cases.mail.enqueue import enqueue


class AccountAdapter(SignInAdapter):
    def mail_code(self, user: User, *, code: str, language: str, now: datetime) -> None:
        params = {"code": code, "minutes": codes.MINUTES}
        _secret(TemplateKey.SIGN_IN_CODE, user, language, params, now)

    def mail_new_password(self, user: User, *, link: str, language: str, now: datetime) -> None:
        """`link`: a path. The mail leads to our own address, whatever Host was named."""
        params = {"customer_name": user.name, "link": f"{settings.BASE_URL}{link}"}
        _secret(TemplateKey.PASSWORD_RESET, user, language, params, now)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth has nothing to send that we let it: a mail nobody worded is a bug."""
        raise NotImplementedError(template_prefix)


def _secret(
    template: TemplateKey, user: User, language: str, params: dict[str, Any], now: datetime
) -> None:
    with transaction.atomic():
        enqueue(
            key=f"{template.value}:{uuid.uuid4()}",
            template=template,
            to=user.email,
            language=user.language or language,
            params=params,
            is_secret=True,
            now=now,
        )
