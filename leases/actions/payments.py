"""Writing to the ledger. Entries are only ever added: a mistake is reversed, not removed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from leases.actions.move import locked
from leases.enums import LedgerKind, Part
from leases.formats import day
from leases.models import Lease, LedgerEntry
from leases.money import ZERO, is_in_cents, portion
from leases.queries.ledger import business_day, standing_of

K = LedgerKind


def checked_amount(amount: Decimal) -> Decimal:
    """ValidationError: `amount` (not above zero), `amount_cents` (a part of a cent)."""
    if not amount.is_finite() or amount <= 0:
        raise ValidationError(_("The amount must be above zero."), code="amount")
    if not is_in_cents(amount):
        raise ValidationError(
            _("An amount has two decimal places at most, for example 38.46."), code="amount_cents"
        )
    return amount


def _not_in_the_future(on: date, now: datetime) -> None:
    if on > business_day(now):
        raise ValidationError(
            _("%(day)s has not come yet: only what has happened is recorded."),
            code="future_date",
            params={"day": day(on)},
        )


def _has_schedule(lease: Lease) -> None:
    if not lease.instalments.exists():
        raise ValidationError(
            _("This lease has no payment schedule yet: it starts with the delivery."),
            code="no_schedule",
        )


@transaction.atomic
def record_payment(
    *,
    lease: Lease,
    amount: Decimal,
    on: date,
    method: str = "",
    reference: str = "",
    part: str = "",
    external_id: str = "",
    by: User | None,
    now: datetime,
) -> list[LedgerEntry]:
    """Money received on a day. Without `part` it pays due rent, then fees, then rent ahead.

    ValidationError: `amount`, `amount_cents`, `future_date`, `no_schedule`, `overpaid` (more than
    the whole lease still costs).
    """
    checked_amount(amount)
    _not_in_the_future(on, now)
    lease = locked(lease)
    _has_schedule(lease)
    now_owed = standing_of(lease, business_day(now))
    if amount > now_owed.balance:
        raise ValidationError(_("This is more than the whole lease still costs."), code="overpaid")
    if part == Part.FEES:
        shares = {Part.FEES: amount}
    elif part == Part.RENT:
        shares = {Part.RENT: amount}
    else:
        rent, fees = portion(amount, rent_due=now_owed.due_now, fees_due=now_owed.fees)
        shares = {Part.RENT: rent, Part.FEES: fees}
    batch = uuid.uuid4()
    entries = [
        LedgerEntry(
            lease=lease, kind=K.PAYMENT, part=each, amount=-share, effective_on=on, batch=batch,
            method=method, reference=reference, by=by, at=now,
            external_id=external_id if place == 0 else "",
        )
        for place, (each, share) in enumerate((e, s) for e, s in shares.items() if s > ZERO)
    ]  # fmt: skip
    return LedgerEntry.objects.bulk_create(entries)


def _entry(lease: Lease, entry_id: int) -> LedgerEntry:
    """ValidationError `foreign_entry` for one that is not of this lease: as if it were missing."""
    found = lease.ledger.filter(pk=entry_id).first()
    if found is None:
        raise ValidationError(_("This lease has no such movement."), code="foreign_entry")
    return found


def _checked_reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept in the history."), code="reason")
    return reason.strip()


@transaction.atomic
def reverse(
    *, lease: Lease, entry_id: int, reason: str, by: User | None, now: datetime
) -> list[LedgerEntry]:
    """Takes back a payment, fee, waiver or adjustment: all lines written with it.

    ValidationError: `foreign_entry`, `reason`, `not_reversible` (a charge, a reversal, or one
    reversed before).
    """
    reason = _checked_reason(reason)
    lease = locked(lease)
    found = _entry(lease, entry_id)
    lines = list(lease.ledger.filter(batch=found.batch).order_by("id"))
    if any(
        line.kind in {K.CHARGE, K.REVERSAL} or LedgerEntry.objects.filter(reverses=line).exists()
        for line in lines
    ):
        raise ValidationError(_("This movement cannot be reversed."), code="not_reversible")
    batch = uuid.uuid4()
    return LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                lease=lease, kind=K.REVERSAL, part=line.part, amount=-line.amount,
                effective_on=business_day(now), reverses=line, instalment=line.instalment,
                plan=line.plan, batch=batch, reason=reason, by=by, at=now,
            )
            for line in lines
        ]
    )  # fmt: skip


@transaction.atomic
def waive(
    *, lease: Lease, entry_id: int, amount: Decimal, reason: str, by: User, now: datetime
) -> LedgerEntry:
    """Forgives a fee or a part of it.

    ValidationError: `amount`, `amount_cents`, `reason`, `foreign_entry`, `not_a_fee`,
    `waiver_total` (more than is left of it, or of the unpaid fees).
    """
    checked_amount(amount)
    reason = _checked_reason(reason)
    lease = locked(lease)
    fee = _entry(lease, entry_id)
    if fee.kind != K.FEE:
        raise ValidationError(_("Only a fee can be waived."), code="not_a_fee")
    of_it = lease.ledger.filter(instalment=fee.instalment, part=Part.FEES)
    left = sum((line.amount for line in of_it), ZERO)
    if amount > min(left, standing_of(lease, business_day(now)).fees):
        raise ValidationError(_("This is more than is left of the fee."), code="waiver_total")
    return LedgerEntry.objects.create(
        lease=lease, kind=K.WAIVER, part=Part.FEES, amount=-amount, instalment=fee.instalment,
        effective_on=business_day(now), reason=reason, by=by, at=now,
    )  # fmt: skip
