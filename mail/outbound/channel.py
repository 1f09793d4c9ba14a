"""The way out for mail: SMTP, or a provider's own interface."""

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
        """None when mails can be handed over; else why not."""

    def prepare(self, mail: Email) -> Any:
        """The mail as this way takes it; raises whatever it likes for one that cannot be made."""

    def deliver(self, prepared: Any, *, seconds: float, hold: Callable[[], bool]) -> Answer:
        """Hands over one mail, in `seconds`; only for the last answer it may take that long again.

        It asks `hold` before; False: nobody waits for that answer any more.
        """

    def close(self) -> None: ...


def channel() -> Channel:
    if settings.MAIL_PROVIDER:
        return ProviderChannel(settings.MAIL_PROVIDER)
    return SmtpChannel()
