"""A customer disputes transactions; each is decided once. Inside the caller's transaction, on a
lease from `locked`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import money
from leases.actions.corrections import adjust, reverse, waive
from leases.actions.ledger_checks import checked_amount
from leases.enums import ChargeDecision, ChargeReason, LedgerKind, Part
from leases.fee_pauses import pause_until
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.money import ZERO
from leases.queries.disputed_charges import disputable_ones
from leases.queries.ledger import standing_of

#: The reason of what takes a charge off (leases/ledger_words.py).
DISPUTE = "dispute"
#: More than anyone goes through in one call.
MOST = 50


class ChargeDecided(ValidationError):
    """Someone else was faster."""

    def __init__(self) -> None:
        super().__init__(
            _("Someone else already decided this transaction. Load the page again."),
            code="charge_decided",
        )


def dispute_charges(
    lease: Lease,
    amounts: Mapping[int, Decimal | None],
    *,
    pauses_fees: bool,
    by: User,
    now: datetime,
) -> list[DisputedCharge]:
    """`amounts`: of each transaction, by its number; None is all of it.

    Late fees wait if the case's reason (`pauses_fees`) and the lease's program say so, by the
    policy of this day. ValidationError `no_charges`, `many_charges`, `foreign_entry` (not this
    lease's, as if it didn't exist, or nothing that can be disputed anymore), `amount`,
    `amount_cents`, `dispute_amount` (more than it is).
    """
    if not amounts:
        raise ValidationError(_("Choose at least one transaction."), code="no_charges")
    if len(amounts) > MOST:
        raise ValidationError(
            _("Choose up to %(most)s transactions at a time."),
            code="many_charges",
            params={"most": MOST},
        )
    today = business_day(now)
    entries = disputable_ones(lease, today, amounts.keys())
    if len(entries) != len(amounts):
        raise ValidationError(
            _("One of these transactions can’t be disputed anymore. Check the list again."),
            code="foreign_entry",
        )
    pauses_fees = pauses_fees and fees_wait(lease)
    last = last_day_of_pause(lease, now) if pauses_fees else None
    return DisputedCharge.objects.bulk_create(
        DisputedCharge(
            lease=lease, entry=entry, amount=_disputed(entry, amounts[entry.pk]), by=by, at=now,
            pauses_fees=pauses_fees, pause_until=last,
        )
        for entry in reversed(entries)
    )  # fmt: skip


def fees_wait(lease: Lease) -> bool:
    """By its program's policy today."""
    return lease.program is None or lease.program.pauses_fees


def last_day_of_pause(lease: Lease, now: datetime) -> date | None:
    """Of one that begins now, None without an end."""
    return pause_until(business_day(now), lease.program.pause_days if lease.program else None)


def _disputed(entry: LedgerEntry, amount: Decimal | None) -> Decimal:
    if amount is None:
        return entry.amount
    if checked_amount(amount) > entry.amount:
        raise ValidationError(
            _("Enter %(amount)s or less: that’s the transaction."),
            code="dispute_amount",
            params={"amount": money(entry.amount)},
        )
    return amount


def open_charge(charge: DisputedCharge) -> DisputedCharge:
    """The row as it is now, locked. ChargeDecided if it's no longer open."""
    found = DisputedCharge.objects.select_for_update(of=("self",)).select_related("entry")
    charge = found.get(pk=charge.pk)
    if not charge.is_open:
        raise ChargeDecided
    return charge


def withdraw_charge(charge: DisputedCharge, *, by: User, now: datetime) -> None:
    """The customer no longer disputes it, or it was the wrong one. ChargeDecided."""
    _settle(open_charge(charge), ChargeDecision.WITHDRAWN, by=by, now=now)


def reject_charge(charge: DisputedCharge, *, reason: ChargeReason, by: User, now: datetime) -> None:
    """It stays. ChargeDecided."""
    _settle(open_charge(charge), ChargeDecision.REJECTED, reason=reason, by=by, now=now)


def uphold_charge(
    lease: Lease, charge: DisputedCharge, *, amount: Decimal | None, by: User, now: datetime
) -> DisputedCharge:
    """Takes the disputed amount, or a part of it, off the ledger; the caller tells the customer.

    A whole late fee is reversed, a part of one is waived; a payment of the schedule is lowered on
    its own day, and what was already paid of it goes to the next ones. ChargeDecided;
    ValidationError `dispute_amount` and those of `reverse`, `waive` and `adjust`.
    """
    charge = open_charge(charge)
    amount = charge.amount if amount is None else checked_amount(amount)
    if amount > charge.amount:
        raise ValidationError(
            _("Enter %(amount)s or less: that’s what is disputed."),
            code="dispute_amount",
            params={"amount": money(charge.amount)},
        )
    correction = _correct(lease, charge.entry, amount, by=by, now=now)
    _settle(
        charge,
        ChargeDecision.UPHELD,
        taken_off=amount,
        correction=correction,
        by=by,
        now=now,
    )
    return charge


def _correct(
    lease: Lease, entry: LedgerEntry, amount: Decimal, *, by: User, now: datetime
) -> LedgerEntry:
    if entry.kind == LedgerKind.FEE and amount == entry.amount:
        [reversal] = reverse(
            lease=lease, entry_id=entry.pk, reason=DISPUTE, tells_customer=False, by=by, now=now
        )
        return reversal
    unpaid_fees = standing_of(lease, business_day(now)).fees
    if entry.kind == LedgerKind.FEE and unpaid_fees >= amount:
        return waive(
            lease=lease, entry_id=entry.pk, amount=amount, reason=DISPUTE, tells_customer=False,
            by=by, now=now,
        )  # fmt: skip
    # A part of a fee that is paid already comes off the payments to come.
    is_fee = entry.part == Part.FEES and unpaid_fees >= amount > ZERO
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


def _settle(
    charge: DisputedCharge, decision: ChargeDecision, *, by: User, now: datetime, **facts: object
) -> None:
    charge.decision, charge.decided_by, charge.decided_at = decision, by, now
    for name, value in facts.items():
        setattr(charge, name, value)
    charge.save(update_fields=["decision", "decided_by", "decided_at", *facts])
