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
from leases.actions.ledger_checks import checked_amount
from leases.enums import ChargeDecision, ChargeReason, LedgerKind
from leases.fee_pauses import pause_until
from leases.models import DisputedCharge, Lease, LedgerEntry
from leases.queries.disputed_charges import disputable_ones, left_of

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

    def waits(entry: LedgerEntry) -> bool:
        return pauses_fees and entry.kind != LedgerKind.PAYMENT  # nothing of it is owed

    return DisputedCharge.objects.bulk_create(
        DisputedCharge(
            lease=lease, entry=entry, amount=_disputed(entry, amounts[entry.pk]), by=by, at=now,
            pauses_fees=waits(entry), pause_until=last if waits(entry) else None,
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
    left = left_of(entry)
    if amount is None:
        return left
    if checked_amount(amount) > left:
        raise ValidationError(
            _("Enter %(amount)s or less: that’s the transaction."),
            code="dispute_amount",
            params={"amount": money(left)},
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
    settle(open_charge(charge), ChargeDecision.WITHDRAWN, by=by, now=now)


def reject_charge(charge: DisputedCharge, *, reason: ChargeReason, by: User, now: datetime) -> None:
    """It stays. ChargeDecided."""
    settle(open_charge(charge), ChargeDecision.REJECTED, reason=reason, by=by, now=now)


def settle(
    charge: DisputedCharge, decision: ChargeDecision, *, by: User, now: datetime, **facts: object
) -> None:
    charge.decision, charge.decided_by, charge.decided_at = decision, by, now
    for name, value in facts.items():
        setattr(charge, name, value)
    charge.save(update_fields=["decision", "decided_by", "decided_at", *facts])
