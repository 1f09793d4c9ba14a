"""Addresses that get no mail: every further try would cost us the trust of mail servers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mail.addresses import folded
from mail.enums import SuppressionReason
from mail.models import Email, SuppressedAddress

LONGEST = 200  # characters of an error that are kept


def suppress(
    *, address: str, reason: SuppressionReason, error: str, email: Email | None, now: datetime
) -> None:
    """Only once, however often and by however many sources it's reported."""
    row = SuppressedAddress(
        address=folded(address), reason=reason, error=error[:LONGEST], email=email, at=now
    )
    SuppressedAddress.objects.bulk_create([row], ignore_conflicts=True)


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Which of these get no mail, folded."""
    asked = {folded(address) for address in addresses}
    rows = SuppressedAddress.objects.in_force().filter(address__in=asked)
    return set(rows.values_list("address", flat=True))
