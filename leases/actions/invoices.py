"""Invoices: lines that add up to the total; each change is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.formats import money
from leases.actions.who import By, author
from leases.models import Invoice, InvoiceLine, Lease
from leases.money import ZERO, is_in_cents


class InvoiceItem(NamedTuple):
    """A line as the store sends it."""

    line_number: int
    sku: str
    model: str
    description: str
    price_each: Decimal
    quantity: int
    line_total: Decimal


def check_total(total: Decimal, limit: Decimal | None) -> None:
    """ValidationError: `amount_cents`, `invoice_total` (not above zero, or over the limit)."""
    if not total.is_finite() or total <= 0:
        raise ValidationError(_("Enter an invoice total above zero."), code="invoice_total")
    if not is_in_cents(total):
        raise ValidationError(
            _("Use no more than two decimal places, for example 38.46."), code="amount_cents"
        )
    if limit is not None and total > limit:
        raise ValidationError(
            _("The invoice can’t be more than the approval limit of %(limit)s."),
            code="invoice_total",
            params={"limit": money(limit)},
        )


def check_lines(lines: Sequence[InvoiceItem], total: Decimal) -> None:
    """ValidationError: `amount_cents`, `line_amount` (below zero, or no quantity), `line_total`
    (not price times quantity), `line_number` (twice), `lines_total` (not the invoice's).
    """
    seen: set[int] = set()
    for line in lines:
        where = {"line": line.line_number}
        if not (is_in_cents(line.price_each) and is_in_cents(line.line_total)):
            raise ValidationError(
                _("Line %(line)s: enter an amount of zero or more with up to two decimal places."),
                code="amount_cents",
                params=where,
            )
        if line.price_each < 0 or line.quantity < 1:
            raise ValidationError(
                _("Line %(line)s: enter a price of zero or more and a quantity of at least 1."),
                code="line_amount",
                params=where,
            )
        if line.line_total != line.price_each * line.quantity:
            raise ValidationError(
                _("Line %(line)s: the line total isn’t the price times the quantity."),
                code="line_total",
                params=where,
            )
        if line.line_number in seen:
            raise ValidationError(
                _("Line %(line)s appears twice."), code="line_number", params=where
            )
        seen.add(line.line_number)
    added = sum((line.line_total for line in lines), ZERO)
    if lines and added != total:
        raise ValidationError(
            _("The lines add up to %(lines)s, but the invoice says %(total)s."),
            code="lines_total",
            params={"lines": money(added), "total": money(total)},
        )


def newest_invoice(lease: Lease) -> Invoice | None:
    return lease.invoices.prefetch_related("lines").order_by("-version").first()


def items_of(invoice: Invoice | None) -> list[InvoiceItem]:
    if invoice is None:
        return []
    return [
        InvoiceItem(*(getattr(line, name) for name in InvoiceItem._fields))
        for line in sorted(invoice.lines.all(), key=lambda line: line.line_number)
    ]


def write_version(
    *,
    lease: Lease,
    number: str,
    total: Decimal,
    lines: Sequence[InvoiceItem],
    by: By,
    now: datetime,
) -> Invoice:
    """Writes the next version; ValidationError from the models' own checks (lengths)."""
    before = newest_invoice(lease)
    invoice = Invoice(
        lease=lease,
        version=before.version + 1 if before else 1,
        number=number,
        total=total,
        **author(by),
        at=now,
    )
    invoice.clean_fields(exclude=["lease", "by", "api_key"])
    invoice.save()
    rows = [InvoiceLine(invoice=invoice, **line._asdict()) for line in lines]
    for row in rows:
        row.clean_fields(exclude=["invoice"])
    InvoiceLine.objects.bulk_create(rows)
    return invoice
