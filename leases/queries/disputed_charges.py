"""Which transactions of a ledger can be disputed, and which are under review."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)

from common.pages import Page, page
from leases.enums import ChargeDecision, LedgerKind, Part
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.money import ZERO

#: Beside a case or a call there is room for so many at once.
SIZE = 8
ORDER = ("-effective_on", "-id")

_AMOUNT = DecimalField(max_digits=9, decimal_places=2)
#: What raises what's owed.
_CHARGES = (LedgerKind.CHARGE, LedgerKind.FEE, LedgerKind.ADJUSTMENT, LedgerKind.REVERSAL)
#: The customer was right.
SET_RIGHT = (ChargeDecision.UPHELD, ChargeDecision.REFUND)


def _same_act() -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(lease=OuterRef("lease"), batch=OuterRef("batch"))


def _total(entries: QuerySet[LedgerEntry]) -> Subquery:
    totals = entries.order_by().values("lease").annotate(total=Sum("amount")).values("total")
    return Subquery(totals, output_field=_AMOUNT)


#: Of a fee, what wasn't waived; of a payment, all lines of it.
_LEFT = Case(
    When(
        kind=LedgerKind.FEE,
        then=_total(
            LedgerEntry.objects.filter(
                lease=OuterRef("lease"), instalment=OuterRef("instalment"), part=Part.FEES
            )
        ),
    ),
    When(kind=LedgerKind.PAYMENT, then=-_total(_same_act())),
    default=F("amount"),
    output_field=_AMOUNT,
)


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
    """What was charged or received up to today and still stands, except what is under review or was
    set right. Adds `left`: how much of it can be disputed, never the ledger's sign.

    What a plan moved from one day to another is no charge of its own, and neither is what an
    earlier decision wrote. A payment is one row, its share of the fees included.
    """
    # Of this lease: by its index, however many there are of others.
    settled = DisputedCharge.objects.filter(
        Q(entry=OuterRef("pk")) & (Q(decision="") | Q(decision__in=SET_RIGHT))
        | Q(correction=OuterRef("pk")),
        lease=lease,
    )
    moved = Q(plan__isnull=False) & ~Q(kind__in=[LedgerKind.CHARGE, LedgerKind.FEE])
    charged = Q(kind__in=_CHARGES, amount__gt=0)
    given_back = Q(kind=LedgerKind.ADJUSTMENT, method__gt="")  # a refund (leases/ledger_words.py)
    paid = Q(kind=LedgerKind.PAYMENT, reason="")  # an early purchase is taken back as a whole
    return (
        lease.ledger.filter(charged | paid, effective_on__lte=today, reversed_by__isnull=True)
        .exclude(moved | given_back)
        .exclude(Q(kind=LedgerKind.PAYMENT) & Exists(_same_act().filter(pk__lt=OuterRef("pk"))))
        .filter(~Exists(settled))
        .annotate(left=_LEFT)
        .filter(left__gt=0)
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


def left_of(entry: LedgerEntry) -> Decimal:
    """Of an entry from `disputable`."""
    return Decimal(getattr(entry, "left"))  # noqa: B009  added by the query


def total_of(entry: LedgerEntry) -> Decimal:
    """Of a payment, all lines of it."""
    if entry.kind != LedgerKind.PAYMENT:
        return entry.amount
    lines = LedgerEntry.objects.filter(lease=entry.lease_id, batch=entry.batch)
    return -Decimal(lines.aggregate(total=Sum("amount"))["total"])


def fee_of(charge: DisputedCharge) -> LedgerEntry | None:
    """The late fee on a disputed payment of the schedule, if it stands and isn't disputed
    itself.
    """
    entry = charge.entry
    if entry.kind != LedgerKind.CHARGE:
        return None
    fees = charge.lease.ledger.filter(
        kind=LedgerKind.FEE, instalment=entry.instalment_id, reversed_by__isnull=True
    )
    under_review = DisputedCharge.objects.open().filter(entry=OuterRef("pk"))
    return fees.filter(~Exists(under_review)).annotate(left=_LEFT).filter(left__gt=0).first()
