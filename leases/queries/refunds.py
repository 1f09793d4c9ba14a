"""What of a lease's money can still be given back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from leases.enums import LedgerKind
from leases.models import Lease
from leases.money import ZERO


class MoneyBack(NamedTuple):
    received: Decimal  # without payments that were reversed
    given: Decimal  # promised or paid back

    @property
    def left(self) -> Decimal:
        return max(self.received - self.given, ZERO)


def money_back(lease: Lease) -> MoneyBack:
    """Two queries."""
    received = lease.ledger.filter(kind=LedgerKind.PAYMENT, reversed_by__isnull=True)
    # A payment that was given back is reversed, or a part of it is charged again.
    is_reversed = Q(
        charge__entry__kind=LedgerKind.PAYMENT, charge__entry__reversed_by__isnull=False
    )
    given = lease.refunds.standing().exclude(is_reversed)
    return MoneyBack(-_total(received), _total(given))


def _total(rows: QuerySet[Any]) -> Decimal:
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or ZERO
