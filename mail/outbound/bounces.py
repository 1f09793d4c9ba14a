"""Who is told when an address refuses our mail. A room above registers its listener here."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mail.enums import SuppressionReason
from mail.models import Email
from mail.outbound.suppression import suppress


class Bounced(Protocol):
    """Called when a server refuses an address for good, in the transaction that marks the mail as
    failed.
    """

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
    """The listener suppresses the address itself, because a case is locked before its mails."""
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
