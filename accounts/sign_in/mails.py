"""What people must be told about signing in. The emails are written in a room above, by the adapter
that the settings name (ACCOUNT_ADAPTER).
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, cast

from allauth.account.adapter import get_adapter

from accounts.models import User


class Mails(Protocol):
    def mail_code(self, user: User, *, code: str, language: str, now: datetime) -> None: ...

    def mail_new_password(self, user: User, *, link: str, language: str, now: datetime) -> None: ...

    def mail_address_changed(self, user: User, *, old: str, now: datetime) -> None: ...

    def mail_password_changed(self, user: User, *, now: datetime) -> None: ...


def mails() -> Mails:
    return cast(Mails, get_adapter())
