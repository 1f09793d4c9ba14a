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
from cases.enums import EmailState, TemplateKey
from cases.mail.claim import ended
from cases.mail.enqueue import NewMail, enqueue
from cases.models import Email
from common.company_day import business_day


class AccountAdapter(SignInAdapter):
    def mail_code(self, user: User, *, code: str, language: str, now: datetime) -> None:
        params = {"code": code, "minutes": codes.MINUTES}
        _secret(TemplateKey.SIGN_IN_CODE, user, language, params, now)

    def mail_new_password(self, user: User, *, link: str, language: str, now: datetime) -> None:
        """`link`: a path. The mail leads to our own address, whatever Host was named."""
        params = {"customer_name": user.name, "link": f"{settings.BASE_URL}{link}"}
        _secret(TemplateKey.PASSWORD_RESET, user, language, params, now)

    def mail_address_changed(self, user: User, *, old: str, now: datetime) -> None:
        """To both; and what is on its way to the old one and opens the account stays here."""
        Email.objects.filter(to=old, is_secret=True, state=EmailState.PENDING).update(
            **ended(EmailState.WITHDRAWN, now), params={}, error="address_changed"
        )
        params = {"customer_name": user.name, "changed_on": business_day(now).isoformat()}
        for address in (old, user.email):
            _told(TemplateKey.ADDRESS_CHANGED, user, address, params, now)

    def mail_password_changed(self, user: User, *, now: datetime) -> None:
        params = {"staff_name": user.name, "changed_on": business_day(now).isoformat()}
        _told(TemplateKey.PASSWORD_CHANGED, user, user.email, params, now)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth has nothing to send that we let it: a mail nobody worded is a bug."""
        raise NotImplementedError(template_prefix)


def _told(
    template: TemplateKey, user: User, to: str, params: dict[str, Any], now: datetime
) -> None:
    mail = NewMail(
        key=f"{template.value}:{uuid.uuid4()}",
        template=template,
        to=to,
        language=user.language or settings.LANGUAGE_CODE,
        params=params,
    )
    with transaction.atomic():
        enqueue(mail, now=now)


def _secret(
    template: TemplateKey, user: User, language: str, params: dict[str, Any], now: datetime
) -> None:
    mail = NewMail(
        key=f"{template.value}:{uuid.uuid4()}",
        template=template,
        to=user.email,
        language=user.language or language,
        params=params,
        is_secret=True,
    )
    with transaction.atomic():
        enqueue(mail, now=now)
