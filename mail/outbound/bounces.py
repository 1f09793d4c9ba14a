"""Who is told of an address that refuses our mail. Rooms above register the one who listens."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mail.enums import SuppressionReason
from mail.models import Email
from mail.outbound.suppression import suppress


class Bounced(Protocol):
    """Told of an address that a server refused for good, in the transaction that fails the mail."""

    def __call__(
        self,
        *,
        address: str,
        reason: SuppressionReason,
        error: str,
        email: Email | None,
        now: datetime,
    ) -> None: ...


_listener: Bounced = suppress


def register_listener(listener: Bounced) -> None:
    """It suppresses the address itself: a case is locked before its mails."""
    global _listener
    _listener = listener


def bounced(
    *,
    address: str,
    reason: SuppressionReason,
    error: str,
    email: Email | None,
    now: datetime,
) -> None:
    _listener(address=address, reason=reason, error=error, email=email, now=now)
