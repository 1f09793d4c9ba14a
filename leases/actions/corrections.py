"""Corrects the ledger with further entries, each with its reason and told to the customer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import money
from leases.actions.break_plans import break_plans
from leases.actions.ledger_checks import checked_amount, checked_reason, has_schedule
from leases.actions.move import locked
from leases.actions.paid_off import settle_letter
from leases.actions.tell_money import tell_correction, tell_reversal
from leases.enums import LedgerKind, Part
from leases.ledger_words import is_refund
from leases.models import Instalment, Lease, LedgerEntry, Refund
from leases.money import ZERO
from leases.queries.ledger import standing_of

K = LedgerKind


def _entry(lease: Lease, entry_id: int) -> LedgerEntry:
    """ValidationError `foreign_entry` for an entry of another lease, as if it didn't exist."""
    found = lease.ledger.filter(pk=entry_id).first()
    if found is None:
        raise ValidationError(_("This transaction isn’t on this lease."), code="foreign_entry")
    return found


@transaction.atomic
def reverse(
    *,
    lease: Lease,
    entry_id: int,
    reason: str,
    tells_customer: bool = True,
    by: User | None,
    now: datetime,
) -> list[LedgerEntry]:
    """Takes back a payment, fee, waiver or adjustment, with all lines written together with it.

    Money and fees are taken back today. What moved or lowered a payment is taken back on that
    payment's own days, so that the schedule is what it was before. A recovery plan that it had
    fulfilled is broken. ValidationError: `foreign_entry`, `reason`, `not_reversible` (a charge, a
    reversal, or one already reversed), `of_a_plan` (`cancel_plan` takes it back if that is
    allowed), `fee_refunded`, `refund_posted`, `fee_waived` (part of the fee is waived: reverse the
    waiver first).
    """
    reason = checked_reason(reason)
    lease = locked(lease)
    found = _entry(lease, entry_id)
    lines = list(lease.ledger.filter(batch=found.batch).order_by("id"))
    if (
        any(line.kind in {K.CHARGE, K.REVERSAL} for line in lines)
        or LedgerEntry.objects.filter(reverses__in=lines).exists()
    ):
        raise ValidationError(_("This transaction can’t be reversed."), code="not_reversible")
    if any(line.plan_id for line in lines):
        raise ValidationError(
            _("This transaction is part of a plan. Cancel the plan instead."), code="of_a_plan"
        )
    _refuse_refunded(found)
    if is_refund(found):
        raise ValidationError(
            _("This refund was paid, so it stays on the ledger."), code="refund_posted"
        )
    if found.kind == K.FEE and left_of_fee(found) != found.amount:
        raise ValidationError(
            _("Part of this fee is waived. Reverse the waiver first."), code="fee_waived"
        )
    written = take_back(lines, reason=reason, by=by, now=now)
    break_plans(lease, lines, now=now)
    if tells_customer:
        tell_reversal(lease, lines, written, now=now)
    settle_letter(lease, now=now)
    return written


def take_back(
    lines: Iterable[LedgerEntry], *, reason: str, by: User | None, now: datetime
) -> list[LedgerEntry]:
    """Writes the opposite of each line as one act; the lease is locked and the lines may be
    reversed.
    """
    batch = uuid.uuid4()
    today = business_day(now)
    return LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                lease_id=line.lease_id, kind=K.REVERSAL, part=line.part, amount=-line.amount,
                effective_on=line.effective_on if _is_of_the_schedule(line) else today,
                reverses=line, instalment_id=line.instalment_id, plan_id=line.plan_id, batch=batch,
                reason=reason, by=by, at=now,
            )
            for line in lines
        ]
    )  # fmt: skip


def _is_of_the_schedule(line: LedgerEntry) -> bool:
    return line.part == Part.RENT and line.instalment_id is not None


def _refuse_refunded(entry: LedgerEntry) -> None:
    """A fee that is being given back isn't taken off, too. A refunded payment can still bounce."""
    if entry.kind == K.FEE and Refund.objects.filter(charge__entry=entry).exists():
        raise ValidationError(
            _("We owe a refund of this fee already, so we can’t take it off, too."),
            code="fee_refunded",
        )


def left_of_fee(fee: LedgerEntry) -> Decimal:
    """The fee without what was waived of it; payments aren't assigned to single fees."""
    of_it = fee.lease.ledger.filter(instalment=fee.instalment, part=Part.FEES)
    return sum((line.amount for line in of_it), ZERO)


@transaction.atomic
def waive(
    *,
    lease: Lease,
    entry_id: int,
    amount: Decimal,
    reason: str,
    tells_customer: bool = True,
    by: User,
    now: datetime,
) -> LedgerEntry:
    """Waives a fee or part of it.

    ValidationError: `amount`, `amount_cents`, `reason`, `foreign_entry`, `not_a_fee`,
    `fee_refunded`, `waiver_total` (more than is left of it, or of the unpaid fees).
    """
    checked_amount(amount)
    reason = checked_reason(reason)
    lease = locked(lease)
    fee = _entry(lease, entry_id)
    if fee.kind != K.FEE:
        raise ValidationError(_("You can waive only a late fee."), code="not_a_fee")
    _refuse_refunded(fee)
    most = max(ZERO, min(left_of_fee(fee), standing_of(lease, business_day(now)).fees))
    if amount > most:
        raise ValidationError(
            _("Enter %(amount)s or less: that’s what is left of the fee."),
            code="waiver_total",
            params={"amount": money(most)},
        )
    written = LedgerEntry.objects.create(
        lease=lease, kind=K.WAIVER, part=Part.FEES, amount=-amount, instalment=fee.instalment,
        effective_on=business_day(now), reason=reason, by=by, at=now,
    )  # fmt: skip
    if tells_customer:
        tell_correction(lease, written, written.amount, now=now)
    settle_letter(lease, now=now)
    return written


@transaction.atomic
def adjust(
    *,
    lease: Lease,
    amount: Decimal,
    part: str = Part.RENT,
    instalment: Instalment | None = None,
    reason: str,
    tells_customer: bool = True,
    by: User,
    now: datetime,
) -> LedgerEntry:
    """Corrects a balance: above zero the customer owes more, below zero less.

    `instalment`: lowers this payment of the schedule, on the day it's due. ValidationError:
    `amount` (zero), `amount_cents`, `reason`, `no_schedule`, `adjustment_total` (it would leave
    less than nothing to pay, or of the payment).
    """
    if amount.is_finite() and amount == 0:
        raise ValidationError(_("Enter an adjustment other than zero."), code="amount")
    checked_amount(abs(amount))
    reason = checked_reason(reason)
    lease = locked(lease)
    has_schedule(lease)
    owed = standing_of(lease, business_day(now))
    most = owed.fees if part == Part.FEES else max(owed.balance - owed.fees, ZERO)
    row = next((each for each in owed.rows if instalment and each.id == instalment.pk), None)
    if row is not None:
        most = min(most, row.amount)
    if -amount > most:
        raise ValidationError(
            _("You can take at most %(amount)s off this balance."),
            code="adjustment_total",
            params={"amount": money(most)},
        )
    written = LedgerEntry.objects.create(
        lease=lease, kind=K.ADJUSTMENT, part=Part(part), amount=amount, instalment=instalment,
        effective_on=row.due_on if row else business_day(now), reason=reason, by=by, at=now,
    )  # fmt: skip
    if tells_customer:
        tell_correction(lease, written, amount, now=now)
    settle_letter(lease, now=now)
    return written
