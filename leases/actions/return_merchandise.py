from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from common.formats import day
from leases.actions.agreement_checks import checked_note
from leases.actions.invoices import (
    InvoiceItem,
    check_total,
    items_of,
    newest_invoice,
    write_version,
)
from leases.actions.move import locked, move
from leases.actions.returned_items import (
    ReturnedItem,
    lines_after_return,
    nothing_returned,
    price_increase,
)
from leases.actions.set_terms import set_terms
from leases.actions.tell_return import tell_return
from leases.actions.who import By, author
from leases.enums import LeaseStatus, ReturnOutcome
from leases.models import Lease, MerchandiseReturn, Terms
from leases.money import ZERO
from leases.queries.returns import return_availability, returned_quantities


@transaction.atomic
def return_merchandise(
    *,
    lease: Lease,
    returned_on: date,
    items: Sequence[ReturnedItem] = (),
    invoice_total: Decimal | None = None,
    reason: str = "",
    earlier: int | None = None,
    by: By,
    now: datetime,
) -> MerchandiseReturn:
    """Records that merchandise came back. Without items and total (or a total of 0) it's the whole
    order.

    Signed and not delivered: the whole order voids the contract, and the approval is open again
    with its own date; a part, or a lower price, is a new version of the invoice. Delivered: the
    return is recorded and the lease goes on. The customer gets in writing what it means. `earlier`
    is the number of returns the writer knew about, so that a second click isn't a second return.

    ValidationError: those of `return_availability`, `return_meanwhile`, `future_date`,
    `returned_too_early`, those of `returned_items.lines_after_return`, `return_items` and
    `return_total` (the rest can't be determined).
    """
    lease = locked(lease)
    found = return_availability(lease, now)
    if not found.available:
        raise ValidationError(found.reason, code=found.code)
    if earlier is not None and lease.returns.count() != earlier:
        raise ValidationError(
            _("Someone else just recorded a return. Review the lease before you go on."),
            code="return_meanwhile",
        )
    _check_day(lease, returned_on, now)
    lines = lines_left(lease)
    price_before = lease.invoice_total
    left, total = _what_is_left(lease, lines, items, invoice_total)
    reason = checked_note(reason)
    if found.outcome == ReturnOutcome.OPENED:
        outcome = ReturnOutcome.OPENED
    elif total == ZERO:
        outcome = ReturnOutcome.VOIDED
        _void(lease, reason, by, now)
    else:
        outcome = ReturnOutcome.AMENDED
        _amend(lease, left, total, by, now)
    if not items and total == ZERO:
        items = [ReturnedItem(line.line_number, line.quantity, line.sku) for line in lines]
    elif not items:  # an invoice without lines: line 0 is all of it, at its new total
        items = [ReturnedItem(0, 0, price_each=total)]
    row = MerchandiseReturn.objects.create(
        lease=lease,
        returned_on=returned_on,
        outcome=outcome,
        items=[_as_kept(item, lines) for item in items],
        reason=reason,
        **author(by),
        at=now,
    )
    tell_return(row, lease, price_before=price_before, now=now)
    return row


def _check_day(lease: Lease, returned_on: date, now: datetime) -> None:
    if returned_on > business_day(now):
        raise ValidationError(
            _("%(day)s hasn’t come yet. Record only what has already happened."),
            code="future_date",
            params={"day": day(returned_on)},
        )
    had_it_from = lease.delivered_at or lease.signed_at
    if had_it_from and returned_on < business_day(had_it_from):
        raise ValidationError(
            _(
                "Enter a return date on or after %(day)s, when the customer could first have "
                "the items."
            ),
            code="returned_too_early",
            params={"day": day(business_day(had_it_from))},
        )


def lines_left(lease: Lease) -> list[InvoiceItem]:
    """The newest invoice, without what came back before."""
    back = returned_quantities(lease) if lease.status == LeaseStatus.FUNDED else {}
    lines = [
        line._replace(
            quantity=line.quantity - back.get(line.line_number, 0),
            line_total=line.price_each * (line.quantity - back.get(line.line_number, 0)),
        )
        for line in items_of(newest_invoice(lease))
    ]
    return [line for line in lines if line.quantity > 0]


def _what_is_left(
    lease: Lease,
    lines: Sequence[InvoiceItem],
    items: Sequence[ReturnedItem],
    invoice_total: Decimal | None,
) -> tuple[list[InvoiceItem], Decimal]:
    before = sum((line.line_total for line in lines), ZERO) if lines else lease.invoice_total
    if invoice_total is not None and before is not None:
        if invoice_total != ZERO:
            check_total(invoice_total, None)
        if invoice_total > before:
            raise price_increase()
        if invoice_total == before:
            raise nothing_returned()
    if not items and not invoice_total:
        return [], ZERO
    if not lines:
        if invoice_total is None:
            raise ValidationError(
                _("The invoice has no lines on record. Enter its new total."), code="return_total"
            )
        return [], invoice_total
    if not items:
        raise ValidationError(
            _("Enter the lines that were returned or that cost less now."), code="return_items"
        )
    left = lines_after_return(lines, items)
    total = sum((line.line_total for line in left), ZERO)
    if invoice_total is not None and invoice_total != total:
        raise ValidationError(
            _("The new total doesn’t match the sum of the remaining lines."), code="return_total"
        )
    return left, total


def _void(lease: Lease, reason: str, by: By, now: datetime) -> None:
    """The contract is void; the account number and the date of approval stay."""
    Terms.objects.filter(lease=lease).delete()
    move(
        lease, LeaseStatus.APPROVED, by=by, now=now, reason=reason,
        invoice_number="", invoice_total=None, contracts_at=None, signed_at=None,
    )  # fmt: skip


def _amend(
    lease: Lease, left: Sequence[InvoiceItem], total: Decimal, by: By, now: datetime
) -> None:
    write_version(lease=lease, number=lease.invoice_number, total=total, lines=left, by=by, now=now)
    lease.invoice_total = total
    lease.save(update_fields=["invoice_total"])
    set_terms(lease=lease, cash_price=total)


def _as_kept(item: ReturnedItem, lines: Sequence[InvoiceItem]) -> dict[str, object]:
    """As it is stored; amounts as text."""
    line = next((line for line in lines if line.line_number == item.line_number), None)
    price = item.price_each if item.price_each is not None else line and line.price_each
    return {
        "line_number": item.line_number,
        "sku": item.sku or (line.sku if line else ""),
        "quantity": item.quantity,
        "price_each": None if price is None else str(price),
    }
