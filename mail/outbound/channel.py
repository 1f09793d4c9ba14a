"""The way out for mail: SMTP, or a provider's API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings

from mail.answers import Answer
from mail.models import Email
from mail.outbound.provider import ProviderChannel
from mail.outbound.smtp import SmtpChannel


class Channel(Protocol):
    name: str  # of its row in mail.models.MailChannel

    def open(self) -> Answer | None:
        """None if mails can be sent; otherwise why not."""

    def prepare(self, mail: Email) -> Any:
        """The mail in the form this way takes; raises anything for a mail that can't be built."""

    def deliver(self, prepared: Any, *, seconds: float, hold: Callable[[], bool]) -> Answer:
        """Sends one mail within `seconds`; only the last answer may take that long again.

        Before that wait it calls `hold`; False means no one waits for the answer anymore.
        """

    def close(self) -> None: ...


def channel() -> Channel:
    if settings.MAIL_PROVIDER:
        return ProviderChannel(settings.MAIL_PROVIDER)
    return SmtpChannel()
