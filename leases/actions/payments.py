"""Writes to the ledger. Entries are only ever added: a mistake is reversed, not removed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.company_day import business_day
from common.formats import money
from leases.actions.fees_paid_in_time import take_back_fees_paid_in_time
from leases.actions.ledger_checks import checked_amount, checked_reference, has_schedule
from leases.actions.move import locked
from leases.actions.paid_off import settle_letter
from leases.actions.tell_money import tell_payment
from leases.actions.true_day import check_has_come
from leases.enums import LedgerKind, Part
from leases.models import Lease, LedgerEntry
from leases.money import ZERO, portion
from leases.queries.ledger import standing_of
from leases.schedule import Standing


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
    tells_customer: bool = True,
    by: User | None,
    now: datetime,
) -> list[LedgerEntry]:
    """Records money received on a day. Without `part` it pays due rent, then fees, then future
    rent.

    If it's entered after its day, it takes back the fees charged in between for what it paid in
    time. The customer gets a receipt by mail, except when history is imported (`tells_customer` is
    False). The same `external_id` again changes nothing and returns the lines of the first time.
    ValidationError: `amount`, `amount_cents`, `future_date`, `no_schedule`, `overpaid` (more than
    the lease, or the part named, still costs), `recorded_before` (another payment has the number),
    `account_number` (the reference holds a card's or bank's).
    """
    checked_amount(amount)
    reference = checked_reference(reference)
    check_has_come(on, now)
    lease = locked(lease)
    has_schedule(lease)
    before = _recorded_before(lease, external_id)
    if before:
        if amount != -sum(line.amount for line in before) or on != before[0].effective_on:
            raise ValidationError(
                _("Another payment with this number is already recorded."), code="recorded_before"
            )
        return before
    owed = standing_of(lease, business_day(now))
    most = _most(part, owed)
    if amount > most:
        raise _overpaid(part, most)
    if part:
        shares = {Part(part): amount}
    else:
        rent, fees = portion(amount, rent_due=owed.due_now, fees_due=owed.fees)
        shares = {Part.RENT: rent, Part.FEES: fees}
    batch = uuid.uuid4()
    entries = [
        LedgerEntry(
            lease=lease, kind=LedgerKind.PAYMENT, part=each, amount=-share, effective_on=on,
            batch=batch, method=method, reference=reference, by=by, at=now,
            external_id=external_id if place == 0 else "",
        )
        for place, (each, share) in enumerate((e, s) for e, s in shares.items() if s > ZERO)
    ]  # fmt: skip
    recorded = LedgerEntry.objects.bulk_create(entries)
    undone = []
    if on < business_day(now):
        undone = take_back_fees_paid_in_time(lease, by=by, now=now)
    if tells_customer:
        tell_payment(lease, recorded, fees_taken_back=undone, now=now)
        if amount >= owed.balance or undone:
            settle_letter(lease, was_paid=True, now=now)
    return recorded


def _recorded_before(lease: Lease, external_id: str) -> list[LedgerEntry]:
    first = lease.ledger.filter(external_id=external_id).first() if external_id else None
    return list(lease.ledger.filter(batch=first.batch).order_by("id")) if first else []


def _most(part: str, owed: Standing) -> Decimal:
    if part == Part.FEES:
        return owed.fees
    return owed.balance - owed.fees if part == Part.RENT else owed.balance


def _overpaid(part: str, most: Decimal) -> ValidationError:
    params = {"amount": money(max(most, ZERO))}
    if part == Part.FEES:
        text = _("Enter %(amount)s or less: that’s the total of the unpaid fees.")
    else:
        text = _("Enter %(amount)s or less: that’s all that’s left to pay on the lease.")
    return ValidationError(text, code="overpaid", params=params)
