"""Which transactions of a ledger can be disputed, and which are under review."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery

from common.pages import Page, page
from leases.enums import ChargeDecision, LedgerKind
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.money import ZERO

#: Beside a case or a call there is room for so many at once.
SIZE = 8
ORDER = ("-effective_on", "-id")

_AMOUNT = DecimalField(max_digits=9, decimal_places=2)
#: What raises what's owed. Money received is no charge: what is to be given back is a refund.
_CHARGES = (LedgerKind.CHARGE, LedgerKind.FEE, LedgerKind.ADJUSTMENT, LedgerKind.REVERSAL)


def with_reviews(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Adds `under_review`: the amount in dispute and not decided, or None."""
    open_ones = DisputedCharge.objects.open().filter(entry=OuterRef("pk"))
    return entries.annotate(
        under_review=Subquery(open_ones.order_by().values("amount")[:1], output_field=_AMOUNT)
    )


def total_under_review(entries: Iterable[LedgerEntry]) -> Decimal:
    """Of entries from `with_reviews`."""
    return sum((getattr(each, "under_review", None) or ZERO for each in entries), ZERO)


def disputable(lease: Lease, today: date) -> QuerySet[LedgerEntry]:
    """What was charged up to today and still stands, except what is under review or was taken off.

    What a plan moved from one day to another is no charge of its own.
    """
    settled = DisputedCharge.objects.filter(
        Q(decision="") | Q(decision=ChargeDecision.UPHELD), entry=OuterRef("pk")
    )
    moved = Q(plan__isnull=False) & ~Q(kind__in=[LedgerKind.CHARGE, LedgerKind.FEE])
    return (
        lease.ledger.filter(
            kind__in=_CHARGES, amount__gt=0, effective_on__lte=today, reversed_by__isnull=True
        )
        .exclude(moved)
        .filter(~Exists(settled))
    )


def disputable_page(lease: Lease, today: date, *, after: str = "") -> Page[LedgerEntry]:
    """The newest first."""
    entries = disputable(lease, today).select_related("instalment", "reverses__instalment")
    return page(entries, order=ORDER, after=after, size=SIZE)


def disputable_ones(lease: Lease, today: date, keys: Collection[int]) -> list[LedgerEntry]:
    """Those of them that can be disputed, the newest first."""
    if not keys:
        return []
    entries = disputable(lease, today).filter(pk__in=keys)
    return list(entries.select_related("instalment", "reverses__instalment").order_by(*ORDER))
