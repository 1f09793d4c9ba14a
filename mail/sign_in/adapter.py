"""Sends the mails about signing in through the outbox, like all others."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.sign_in import codes
from accounts.sign_in.adapter import SignInAdapter
from common.company_day import business_day
from mail.enums import EmailState
from mail.kinds import MailKind, MailParams
from mail.models import Email
from mail.outbound.claim import ended
from mail.outbound.enqueue import NewMail, enqueue
from mail.sign_in.address_changed import ADDRESS_CHANGED, AddressChangedParams
from mail.sign_in.password_changed import PASSWORD_CHANGED, PasswordChangedParams
from mail.sign_in.password_reset import PASSWORD_RESET, PasswordResetParams
from mail.sign_in.sign_in_code import SIGN_IN_CODE, SignInCodeParams


class AccountAdapter(SignInAdapter):
    def mail_code(self, user: User, *, code: str, language: str, now: datetime) -> None:
        said = SignInCodeParams(code=code, minutes=codes.MINUTES)
        _send(SIGN_IN_CODE, said, to=user.email, language=user.language or language, now=now)

    def mail_new_password(self, user: User, *, link: str, language: str, now: datetime) -> None:
        """`link`: a path. The mail links to our own address, whatever Host header came in."""
        said = PasswordResetParams(customer_name=user.name, link=f"{settings.BASE_URL}{link}")
        _send(PASSWORD_RESET, said, to=user.email, language=user.language or language, now=now)

    def mail_address_changed(self, user: User, *, old: str, now: datetime) -> None:
        """To both addresses; unsent mails to the old one that would open the account are
        dropped.
        """
        Email.objects.filter(to=old, is_secret=True, state=EmailState.PENDING).update(
            **ended(EmailState.WITHDRAWN, now), params={}, error="address_changed"
        )
        said = AddressChangedParams(customer_name=user.name, changed_on=business_day(now))
        for address in (old, user.email):
            _send(ADDRESS_CHANGED, said, to=address, language=_spoken(user), now=now)

    def mail_password_changed(self, user: User, *, now: datetime) -> None:
        said = PasswordChangedParams(staff_name=user.name, changed_on=business_day(now))
        _send(PASSWORD_CHANGED, said, to=user.email, language=_spoken(user), now=now)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth sends nothing by itself here: a mail without one of our texts is a bug."""
        raise NotImplementedError(template_prefix)


def _spoken(user: User) -> str:
    return user.language or settings.LANGUAGE_CODE


@transaction.atomic
def _send(
    kind: MailKind[MailParams], said: MailParams, *, to: str, language: str, now: datetime
) -> None:
    key = f"{kind.key}:{uuid.uuid4()}"
    enqueue(NewMail(kind=kind, said=said, key=key, to=to, language=language), now=now)
