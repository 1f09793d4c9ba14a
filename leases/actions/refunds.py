"""Money that's owed back: promised, and then paid with its proof, or withdrawn. Inside the caller's
transaction, on a lease from `locked`; the caller tells the customer.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import day, money
from leases.actions.ledger_checks import checked_amount, checked_reason, checked_reference
from leases.actions.true_day import check_has_come
from leases.enums import LedgerKind, Part, PaymentMethod
from leases.ledger_words import REFUND
from leases.models import DisputedCharge, Lease, LedgerEntry, Refund
from leases.money import ZERO
from leases.queries.refunds import money_back


@dataclass(frozen=True, kw_only=True)
class Owed:
    """How and until when the customer gets it."""

    method: PaymentMethod
    expected_on: date


def promise_refund(lease: Lease, *, owed: Owed, amount: Decimal, by: User, now: datetime) -> Refund:
    """Of money that isn't owed, whatever it was paid for. Those of `owe_refund`,
    `refuse_too_much` and `checked_amount`.
    """
    checked_amount(amount)
    refuse_too_much(lease, amount)
    return owe_refund(lease, owed=owed, amount=amount, by=by, now=now)


def owe_refund(
    lease: Lease,
    *,
    owed: Owed,
    amount: Decimal,
    charge: DisputedCharge | None = None,
    by: User,
    now: datetime,
) -> Refund:
    """`charge`: it was decided so. ValidationError `refund_day` (it has passed)."""
    if owed.expected_on < business_day(now):
        raise ValidationError(_("This date has passed. Choose today or later."), code="refund_day")
    return Refund.objects.create(
        lease=lease, charge=charge, amount=amount, method=owed.method,
        expected_on=owed.expected_on, by=by, at=now,
    )  # fmt: skip


def refuse_too_much(lease: Lease, amount: Decimal) -> None:
    """ValidationError `refund_total`: it wasn't received, or is given back already."""
    back = money_back(lease)
    if amount <= back.left:
        return
    if back.left > ZERO:
        text = _(
            "Enter %(most)s or less: we received %(received)s on this lease, and %(given)s was"
            " already promised or paid back."
        )
    else:
        text = _(
            "Nothing is left to give back: we received %(received)s on this lease, and %(given)s"
            " was already promised or paid back."
        )
    said = {"most": back.left, "received": back.received, "given": back.given}
    params = {name: money(each) for name, each in said.items()}
    raise ValidationError(text, code="refund_total", params=params)


def record_refund_paid(
    refund: Refund, *, paid_on: date, reference: str, by: User, now: datetime
) -> bool:
    """`reference`: what proves it. Posts it to the ledger, once: False if just this was recorded
    before. ValidationError `refund_paid` (someone else was faster), `refund_withdrawn`,
    `future_date`, `refund_before`, `refund_proof`, `account_number`.
    """
    reference = checked_reference(reference)
    refund.refresh_from_db(from_queryset=Refund.objects.select_for_update(of=("self",)))
    if refund.is_paid and (refund.paid_on, refund.reference) == (paid_on, reference):
        return False
    _refuse_ended(refund)
    check_has_come(paid_on, now)
    if paid_on < business_day(refund.at):
        raise ValidationError(
            _("The refund was decided on %(day)s. Choose that day or later."),
            code="refund_before",
            params={"day": day(business_day(refund.at))},
        )
    if not reference:
        raise ValidationError(
            _("Enter what shows that it was paid, such as the check number."),
            code="refund_proof",
        )
    refund.paid_on, refund.reference = paid_on, reference
    refund.paid_by, refund.paid_at = by, now
    refund.posting = _post(refund, paid_on, by=by, now=now)
    refund.save(update_fields=["paid_on", "reference", "paid_by", "paid_at", "posting"])
    return True


def withdraw_refund(refund: Refund, *, why: str, by: User, now: datetime) -> bool:
    """False if just this was done before. ValidationError `refund_withdrawn` (for another reason),
    `refund_paid`, `refund_of_charge` (it's the decision about a transaction), those of
    `checked_reason`.
    """
    why = checked_reason(why)
    refund.refresh_from_db(from_queryset=Refund.objects.select_for_update(of=("self",)))
    if refund.withdrawn_at and refund.withdrawn_why == why:
        return False
    _refuse_ended(refund)
    if refund.charge_id:
        raise ValidationError(
            _("This refund was decided for a disputed transaction, so it can’t be withdrawn."),
            code="refund_of_charge",
        )
    refund.withdrawn_at, refund.withdrawn_by, refund.withdrawn_why = now, by, why
    refund.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return True


def _refuse_ended(refund: Refund) -> None:
    if refund.is_paid:
        raise ValidationError(_("This refund was already recorded as paid."), code="refund_paid")
    if refund.withdrawn_at:
        raise ValidationError(_("This refund was withdrawn."), code="refund_withdrawn")


def _post(refund: Refund, on: date, *, by: User, now: datetime) -> LedgerEntry | None:
    """Two lines of one act: the money that went out, and that what it had paid isn't owed. So the
    balance stays. A payment that a dispute's decision took back is in the ledger already.
    """
    charge = refund.charge
    if charge and charge.correction_id:
        return None
    batch, part = uuid.uuid4(), charge.entry.part if charge else Part.RENT
    lines = [
        LedgerEntry(
            lease_id=refund.lease_id, kind=LedgerKind.ADJUSTMENT, part=part, amount=amount,
            effective_on=on, method=refund.method, reference=refund.reference,
            reason=REFUND, batch=batch, by=by, at=now,
        )
        for amount in (refund.amount, -refund.amount)
    ]  # fmt: skip
    return LedgerEntry.objects.bulk_create(lines)[0]
