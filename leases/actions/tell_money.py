"""Tells the customer in writing what was received or corrected, in its transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from common.company_day import business_day
from leases.enums import LedgerKind, Part
from leases.mails.account_corrected import (
    ACCOUNT_CORRECTED,
    AccountCorrectedParams,
    Correction,
)
from leases.mails.base import lease_facts, lease_mail
from leases.mails.payment_received import PAYMENT_RECEIVED, PaymentReceivedParams
from leases.mails.payment_reversed import PAYMENT_REVERSED, PaymentReversedParams
from leases.mails.purchase_confirmed import PURCHASE_CONFIRMED, PurchaseConfirmedParams
from leases.mails.standing import facts_of, standing_facts
from leases.models import BuyoutQuote, Lease, LedgerEntry
from leases.money import ZERO
from leases.queries.ledger import standing_of
from mail.outbound.enqueue import enqueue

K = LedgerKind


def tell_payment(
    lease: Lease,
    payment: Sequence[LedgerEntry],
    *,
    fees_taken_back: Sequence[LedgerEntry],
    now: datetime,
) -> None:
    owed = standing_of(lease, business_day(now))
    said = PaymentReceivedParams(
        **lease_facts(lease),
        **facts_of(owed),
        paid_on=payment[0].effective_on,
        amount=-_sum(payment),
        fees=-_sum([line for line in payment if line.part == Part.FEES]),
        fees_removed=-_sum(fees_taken_back),
        is_paid_in_full=owed.balance <= ZERO,
    )
    key = f"payment_received:{payment[0].pk}"
    enqueue(lease_mail(PAYMENT_RECEIVED, said, lease, key=key), now=now)


def tell_purchase(
    lease: Lease, quote: BuyoutQuote, lines: Sequence[LedgerEntry], *, on: date, now: datetime
) -> None:
    said = PurchaseConfirmedParams(
        **lease_facts(lease), paid_on=on, total=quote.total, tax=quote.tax
    )
    key = f"purchase_confirmed:{lines[0].pk}"
    enqueue(lease_mail(PURCHASE_CONFIRMED, said, lease, key=key), now=now)


def tell_reversal(
    lease: Lease, lines: Sequence[LedgerEntry], written: Sequence[LedgerEntry], *, now: datetime
) -> None:
    """`lines` were taken back by `written`."""
    paid = [line for line in lines if line.kind == K.PAYMENT]
    if not paid:
        first = LedgerKind(lines[0].kind)
        tell_correction(lease, written[0], _sum(written), undone=first, now=now)
        return
    said = PaymentReversedParams(
        **lease_facts(lease),
        **standing_facts(lease, business_day(now)),
        paid_on=paid[0].effective_on,
        amount=-_sum(paid),
        is_purchase=len(paid) < len(lines),
    )
    key = f"payment_reversed:{written[0].pk}"
    enqueue(lease_mail(PAYMENT_REVERSED, said, lease, key=key), now=now)


def tell_correction(
    lease: Lease,
    line: LedgerEntry,
    amount: Decimal,
    *,
    undone: LedgerKind | None = None,
    now: datetime,
) -> None:
    """`amount` above zero: the customer owes more. `undone` is the entry that the line
    takes back.
    """
    said = AccountCorrectedParams(
        **lease_facts(lease),
        **standing_facts(lease, business_day(now)),
        correction=_correction(line, amount, undone),
        amount=abs(amount),
    )
    key = f"account_corrected:{line.pk}"
    enqueue(lease_mail(ACCOUNT_CORRECTED, said, lease, key=key), now=now)


def _correction(line: LedgerEntry, amount: Decimal, undone: LedgerKind | None) -> Correction:
    if line.kind == K.WAIVER:
        return Correction.FEE_WAIVED
    if undone == K.FEE:
        return Correction.FEE_REMOVED
    if undone == K.WAIVER:
        return Correction.FEE_RESTORED
    return Correction.RAISED if amount > ZERO else Correction.LOWERED


def _sum(lines: Sequence[LedgerEntry]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)
