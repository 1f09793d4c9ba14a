from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.company_day import business_day
from leases.actions.invoices import (
    InvoiceItem,
    check_lines,
    check_total,
    items_of,
    newest_invoice,
    write_version,
)
from leases.actions.move import locked, move, refused
from leases.actions.set_terms import set_terms
from leases.actions.who import By
from leases.enums import Frequency, LeaseStatus
from leases.lifecycle import ORDER_CHANGES, OrderChange
from leases.models import Lease, Terms

__all__ = ["InvoiceItem", "submit_invoice"]

#: The most days from the invoice to the first payment; later is a typing error.
LATEST_FIRST_DUE = timedelta(days=62)


@transaction.atomic
def submit_invoice(
    *,
    lease: Lease,
    number: str,
    total: Decimal,
    lines: Sequence[InvoiceItem] = (),
    frequency: str = "",
    first_due_on: date | None = None,
    by: By,
    now: datetime,
) -> Lease:
    """Records the store's invoice, which turns an approval into Contracts and starts the 60-day
    clock.

    Sent again before the signature, it replaces the earlier version, and the clock keeps running.
    Sending the same one again changes nothing. ValidationError: `lease_transition`,
    `invoice_number`, `no_program` (and no terms, so the payments are unknown), `frequency`,
    `first_due_on`, those of `check_total` and `check_lines`, and what the models check.
    """
    lease = locked(lease)
    status = lease.status_at(now)
    if ORDER_CHANGES[status] != OrderChange.INVOICE:
        raise refused(status, LeaseStatus.CONTRACTS)
    number = number.strip()
    if not number:
        raise ValidationError(_("Enter the invoice number."), code="invoice_number")
    check_total(total, lease.approval_limit)
    check_lines(lines, total)
    _check_schedule(lease, frequency, first_due_on, now)
    changes: dict[str, Any] = {"invoice_number": number, "invoice_total": total}
    if status == LeaseStatus.APPROVED:
        write_version(lease=lease, number=number, total=total, lines=lines, by=by, now=now)
        lease = move(lease, LeaseStatus.CONTRACTS, by=by, now=now, contracts_at=now, **changes)
    elif not _is_newest(lease, number, total, lines):
        write_version(lease=lease, number=number, total=total, lines=lines, by=by, now=now)
        for name, value in changes.items():
            setattr(lease, name, value)
        lease.save(update_fields=list(changes))
    set_terms(lease=lease, cash_price=total, frequency=frequency, first_due_on=first_due_on)
    return lease


def _is_newest(lease: Lease, number: str, total: Decimal, lines: Sequence[InvoiceItem]) -> bool:
    newest = newest_invoice(lease)
    return newest is not None and (newest.number, newest.total, items_of(newest)) == (
        number, total, sorted(lines),
    )  # fmt: skip


def _check_schedule(lease: Lease, frequency: str, first_due_on: date | None, now: datetime) -> None:
    """A day that the terms already have isn't checked again: it may have passed by now."""
    terms = Terms.objects.filter(lease=lease).first()
    if lease.program is None and terms is None and (frequency or first_due_on is not None):
        raise ValidationError(
            _("The lease has no program. Enter its payments with its terms."),
            code="no_program",
        )
    allowed = lease.program.frequencies if lease.program else Frequency.values
    known = terms is not None and frequency == terms.frequency
    if frequency and frequency not in allowed and not known:
        raise ValidationError(
            _("This program doesn’t offer this payment frequency."), code="frequency"
        )
    if first_due_on is None or (terms is not None and first_due_on == terms.first_due_on):
        return
    today = business_day(now)
    if first_due_on < today:
        raise ValidationError(
            _("Enter a first payment date that isn’t in the past."), code="first_due_on"
        )
    if first_due_on - today > LATEST_FIRST_DUE:
        raise ValidationError(
            _("Enter a first payment date within the next %(days)s days."),
            code="first_due_on",
            params={"days": LATEST_FIRST_DUE.days},
        )
