"""A customer was right about a charge: it comes off the ledger, or the money goes back. Inside the
caller's transaction, on a lease from `locked`.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import money
from leases.actions.corrections import adjust, left_of_fee, reverse, waive
from leases.actions.disputed_charges import open_charge, settle
from leases.actions.ledger_checks import checked_amount
from leases.actions.refunds import Owed, owe_refund, refuse_too_much
from leases.enums import ChargeDecision, LedgerKind, Part
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.money import ZERO
from leases.queries.disputed_charges import fee_of, left_of, total_of
from leases.queries.ledger import standing_of

#: The reason of what takes a charge off (leases/ledger_words.py).
DISPUTE = "dispute"


def uphold_charge(
    lease: Lease, charge: DisputedCharge, *, amount: Decimal | None, by: User, now: datetime
) -> DisputedCharge:
    """Takes the disputed amount, or a part of it, off the ledger; the caller tells the customer.

    A whole late fee is reversed, a part of one, or what is left of one, is waived; a payment of the
    schedule is lowered on its own day, and what was already paid of it goes to the next ones.
    ChargeDecided; ValidationError `dispute_amount`, `refund_instead` (less is left to pay, or it's
    money received), `fee_gone`, and those of `reverse`, `waive` and `adjust`.
    """
    charge = open_charge(charge)
    amount = _granted(charge, amount)
    if charge.entry.kind == LedgerKind.PAYMENT:
        raise _refund_instead(ZERO)
    if charge.entry.kind == LedgerKind.FEE:
        amount = min(amount, _standing_fee(charge.entry))
    correction = _correct(lease, charge.entry, amount, by=by, now=now)
    settle(
        charge,
        ChargeDecision.UPHELD,
        taken_off=amount,
        correction=correction,
        by=by,
        now=now,
    )
    return charge


def take_off_fee(
    lease: Lease, charge: DisputedCharge, *, by: User, now: datetime
) -> LedgerEntry | None:
    """What is left of the late fee on a payment that was wrong; None without one. Those of
    `uphold_charge`.
    """
    fee = fee_of(charge)
    return _correct(lease, fee, left_of(fee), by=by, now=now) if fee else None


def refund_charge(
    lease: Lease, charge: DisputedCharge, *, owed: Owed, amount: Decimal | None, by: User,
    now: datetime,
) -> DisputedCharge:  # fmt: skip
    """The customer was right, and gets the disputed amount, or a part of it, back.

    A payment that is given back no longer pays the lease. What was paid for a wrong charge was
    used up by it: the ledger stays. ChargeDecided; ValidationError `dispute_amount`, `fee_gone`,
    `charge_gone`, `refund_total` (more than was received), those of `owe_refund` and `reverse`.
    """
    charge = open_charge(charge)
    amount = _granted(charge, amount)
    if charge.entry.kind == LedgerKind.FEE:
        amount = min(amount, _standing_fee(charge.entry))
    elif hasattr(charge.entry, "reversed_by"):
        raise ValidationError(
            _("This was already reversed. Choose “It stays” and “It was corrected before.”"),
            code="charge_gone",
        )
    # Before the payment is taken back: then it was received no longer.
    refuse_too_much(lease, amount)
    correction = None
    if charge.entry.kind == LedgerKind.PAYMENT:
        correction = _take_back(lease, charge.entry, amount, by=by, now=now)
    settle(charge, ChargeDecision.REFUND, correction=correction, by=by, now=now)
    owe_refund(lease, charge=charge, owed=owed, amount=amount, by=by, now=now)
    return charge


def _granted(charge: DisputedCharge, amount: Decimal | None) -> Decimal:
    amount = charge.amount if amount is None else checked_amount(amount)
    if amount > charge.amount:
        raise ValidationError(
            _("Enter %(amount)s or less: that’s what is disputed."),
            code="dispute_amount",
            params={"amount": money(charge.amount)},
        )
    return amount


def _standing_fee(fee: LedgerEntry) -> Decimal:
    """It may have been waived or reversed since it was disputed."""
    left = left_of_fee(fee)
    if left <= ZERO:
        raise ValidationError(
            _("This fee was already taken off. Choose “It stays” and “It was corrected before.”"),
            code="fee_gone",
        )
    return left


def _refund_instead(left: Decimal) -> ValidationError:
    return ValidationError(
        _(
            "You can take at most %(amount)s off: that’s what is left to pay. If that isn’t enough,"
            " choose “We owe a refund.”"
        ),
        code="refund_instead",
        params={"amount": money(left)},
    )


def _correct(
    lease: Lease, entry: LedgerEntry, amount: Decimal, *, by: User, now: datetime
) -> LedgerEntry:
    owed = standing_of(lease, business_day(now))
    most = owed.balance if entry.part == Part.FEES else owed.balance - owed.fees
    if amount > most:
        raise _refund_instead(max(most, ZERO))
    if entry.kind == LedgerKind.FEE and amount == entry.amount:
        [reversal] = reverse(
            lease=lease, entry_id=entry.pk, reason=DISPUTE, tells_customer=False, by=by, now=now
        )
        return reversal
    if entry.kind == LedgerKind.FEE and owed.fees >= amount:
        return waive(
            lease=lease, entry_id=entry.pk, amount=amount, reason=DISPUTE, tells_customer=False,
            by=by, now=now,
        )  # fmt: skip
    # A part of a fee that is paid already comes off the payments to come.
    is_fee = entry.part == Part.FEES and owed.fees >= amount > ZERO
    return adjust(
        lease=lease,
        amount=-amount,
        part=Part.FEES if is_fee else Part.RENT,
        instalment=entry.instalment if entry.kind == LedgerKind.CHARGE else None,
        reason=DISPUTE,
        tells_customer=False,
        by=by,
        now=now,
    )


def _take_back(
    lease: Lease, payment: LedgerEntry, amount: Decimal, *, by: User, now: datetime
) -> LedgerEntry:
    """All of it, with its share of the fees; or a part, which is owed again."""
    if amount == total_of(payment):
        lines = reverse(
            lease=lease, entry_id=payment.pk, reason=DISPUTE, tells_customer=False, by=by, now=now
        )
        return next(line for line in lines if line.reverses_id == payment.pk)
    return adjust(
        lease=lease, amount=amount, reason=DISPUTE, tells_customer=False, by=by, now=now
    )  # fmt: skip
