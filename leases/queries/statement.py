"""The movements of a lease in a period, with the balance after each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from leases.enums import LedgerKind
from leases.models import Lease, LedgerEntry
from leases.money import ZERO
from leases.queries.disputed_charges import with_reviews


class Movement(NamedTuple):
    entry: LedgerEntry
    balance: Decimal  # what was due after it; below zero, paid ahead


class Statement(NamedTuple):
    """Includes `since` and `until`. A part (rent, fees) leaves the other out of every figure."""

    since: date
    until: date
    part: str
    opening: Decimal
    movements: list[Movement]
    charged: Decimal  # payments due and fees, minus what was waived, lowered or lifted
    received: Decimal  # payments, without those taken back
    closing: Decimal
    # Only what had been recorded by then; later reversals aren't named.
    recorded_by: datetime | None = None


def statement_of(
    lease: Lease,
    *,
    until: date,
    since: date | None = None,
    part: str = "",
    recorded_by: datetime | None = None,
) -> Statement:
    """One query. Without `since`, from the first movement on. `recorded_by`: as the ledger stood
    then.

    Every payment is charged on its due day, so the balance is what was due by then and excludes
    future payments.
    """
    entries = lease.ledger.filter(effective_on__lte=until)
    if recorded_by:
        entries = entries.filter(at__lte=recorded_by)
    if part:
        entries = entries.filter(part=part)
    found = list(
        with_reviews(entries)
        .select_related("by", "instalment", "plan", "reverses__instalment", "reversed_by")
        .order_by("effective_on", "id")
    )
    first = found[0].effective_on if found else until
    since = min(first, until) if since is None else since
    opening = sum((entry.amount for entry in found if entry.effective_on < since), ZERO)
    balance, received, movements = opening, ZERO, []
    for entry in found:
        if entry.effective_on < since:
            continue
        balance += entry.amount
        movements.append(Movement(entry, balance))
        if is_money(entry):
            received -= entry.amount
    return Statement(
        since,
        until,
        part,
        opening,
        movements,
        balance - opening + received,
        received,
        balance,
        recorded_by,
    )


def is_money(entry: LedgerEntry) -> bool:
    """A payment, or one taken back."""
    taken_back = entry.reverses
    return entry.kind == LedgerKind.PAYMENT or (
        taken_back is not None and taken_back.kind == LedgerKind.PAYMENT
    )
