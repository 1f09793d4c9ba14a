"""The purchase itself: one batch of lines after which nothing is owed, on any day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import day
from leases.actions.ledger_checks import checked_reference
from leases.actions.move import locked
from leases.actions.paid_off import settle_letter
from leases.actions.tell_money import tell_purchase
from leases.enums import LedgerKind, Part, PlanKind
from leases.models import BuyoutQuote, Lease, LedgerEntry
from leases.money import ZERO, portion
from leases.queries.buyout import QuoteState, purchase_batch, state_of
from leases.queries.ledger import standing_of
from leases.queries.plans import IN_FORCE
from leases.schedule import Standing

LIFTED, PRICE, TAX, PAYMENT = "buyout_lifted", "buyout_price", "buyout_tax", "buyout"
K = LedgerKind


@transaction.atomic
def buy_out(
    *,
    lease: Lease,
    quote_id: int,
    on: date | None = None,
    method: str = "",
    reference: str = "",
    by: User,
    now: datetime,
) -> list[LedgerEntry]:
    """Records that the quote's total was received on a day: the lease is paid in full by early
    purchase, and the customer gets that in writing.

    ValidationError: `foreign_quote`, `quote_used`, `quote_stale` (the ledger changed since),
    `quote_expired`, `payment_day` (before the quote, or in the future).
    """
    reference = checked_reference(reference)
    lease = locked(lease)
    quote = lease.quotes.filter(pk=quote_id).first()
    if quote is None:
        raise ValidationError(_("This quote isn’t on this lease."), code="foreign_quote")
    on = on or business_day(now)
    _check(quote, on, now)
    batch = purchase_batch(quote)
    entries = [
        LedgerEntry(
            lease=lease, kind=kind, part=part, amount=amount, effective_on=dated,
            instalment_id=instalment, reason=reason, batch=batch, by=by, at=now,
            method=method if kind == K.PAYMENT else "",
            reference=reference if kind == K.PAYMENT else "",
        )
        for kind, part, amount, dated, instalment, reason in _lines(
            quote, standing_of(lease, on), on
        )
        if amount
    ]  # fmt: skip
    # The purchase settles what a plan promised for the arrears; reversing the purchase breaks the
    # plan.
    lease.plans.filter(IN_FORCE, kind=PlanKind.RECOVERY).update(fulfilled_at=now)
    written = LedgerEntry.objects.bulk_create(entries)
    tell_purchase(lease, quote, written, on=on, now=now)
    settle_letter(lease, was_paid=True, now=now)
    return written


def _check(quote: BuyoutQuote, on: date, now: datetime) -> None:
    state = state_of(quote, on)
    if state == QuoteState.USED:
        raise ValidationError(_("This quote has already been paid."), code="quote_used")
    if state == QuoteState.OVERTAKEN:
        raise ValidationError(
            _("The balance has changed since this quote. Make a new one."),
            code="quote_stale",
        )
    if state == QuoteState.EXPIRED:
        raise ValidationError(
            _("This quote was good until %(day)s. Make a new one."),
            code="quote_expired",
            params={"day": day(quote.valid_until)},
        )
    if not quote.as_of <= on <= business_day(now):
        raise ValidationError(
            _("Enter a payment date from the quote’s date through today."), code="payment_day"
        )


Line = tuple[LedgerKind, Part, Decimal, date, int | None, str]


def _lines(quote: BuyoutQuote, owed: Standing, on: date) -> list[Line]:
    """Future payments are lifted on their own days, so that no day's balance is wrong. What is past
    due is paid, or lifted if the price is lower. The caller drops lines with no amount.
    """
    rent, fees = portion(quote.total - quote.tax, rent_due=owed.past_due, fees_due=owed.fees)
    price = max(ZERO, rent - owed.past_due)
    too_much = max(ZERO, owed.past_due - rent)
    lines: list[Line] = []
    for row in reversed(owed.rows):
        lifted = row.left if row.due_on >= on else min(row.left, too_much)
        if row.due_on < on:
            too_much -= lifted
        lines.append((K.ADJUSTMENT, Part.RENT, -lifted, max(row.due_on, on), row.id, LIFTED))
    return [
        *reversed(lines),
        # charges other than payments of the schedule
        (K.ADJUSTMENT, Part.RENT, -too_much, on, None, LIFTED),
        (K.ADJUSTMENT, Part.FEES, fees - owed.fees, on, None, LIFTED),
        (K.ADJUSTMENT, Part.RENT, price, on, None, PRICE),
        (K.ADJUSTMENT, Part.FEES, quote.tax, on, None, TAX),
        (K.PAYMENT, Part.RENT, -rent, on, None, PAYMENT),
        (K.PAYMENT, Part.FEES, -fees, on, None, PAYMENT),
        (K.PAYMENT, Part.FEES, -quote.tax, on, None, TAX),
    ]
