"""Money that's owed back: from the decision to the proof that it was paid. Inside the caller's
transaction, on a lease from `locked`; the caller tells the customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import day
from leases.actions.ledger_checks import checked_reference
from leases.actions.true_day import check_has_come
from leases.enums import PaymentMethod
from leases.models import DisputedCharge, Refund


@dataclass(frozen=True, kw_only=True)
class Owed:
    """How and until when the customer gets it."""

    method: PaymentMethod
    expected_on: date


def owe_refund(
    charge: DisputedCharge, *, owed: Owed, amount: Decimal, by: User, now: datetime
) -> Refund:
    """Of a charge that was decided so. ValidationError `refund_day` (it has passed)."""
    if owed.expected_on < business_day(now):
        raise ValidationError(_("This date has passed. Choose today or later."), code="refund_day")
    return Refund.objects.create(
        lease=charge.lease, charge=charge, amount=amount, method=owed.method,
        expected_on=owed.expected_on, by=by, at=now,
    )  # fmt: skip


def record_refund_paid(
    refund: Refund, *, paid_on: date, reference: str, by: User, now: datetime
) -> Refund:
    """`reference`: what proves it. ValidationError `refund_paid` (someone else was faster),
    `future_date`, `refund_before`, `refund_proof`, `account_number`.
    """
    refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    if refund.is_paid:
        raise ValidationError(_("This refund was already recorded as paid."), code="refund_paid")
    check_has_come(paid_on, now)
    if paid_on < business_day(refund.at):
        raise ValidationError(
            _("The refund was decided on %(day)s. Choose that day or later."),
            code="refund_before",
            params={"day": day(business_day(refund.at))},
        )
    reference = checked_reference(reference)
    if not reference:
        raise ValidationError(
            _("Enter what shows that it was paid, such as the check number."),
            code="refund_proof",
        )
    refund.paid_on, refund.reference = paid_on, reference
    refund.paid_by, refund.paid_at = by, now
    refund.save(update_fields=["paid_on", "reference", "paid_by", "paid_at"])
    return refund
