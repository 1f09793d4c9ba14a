"""A payment made in time but entered late: the fee charged in between is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from accounts.models import User
from leases.actions.corrections import take_back
from leases.enums import LedgerKind
from leases.models import Instalment, Lease, LedgerEntry
from leases.schedule import standing

PAID_IN_TIME = "paid_in_time"
K = LedgerKind


def take_back_fees_paid_in_time(
    lease: Lease, *, by: User | None, now: datetime
) -> list[LedgerEntry]:
    """Reverses each fee whose payment was made within its grace period, by the dates of the money.

    The lease is locked. A fee with a waiver is left to a person, because someone decided about it.
    """
    lines = list(lease.ledger.order_by("effective_on", "id"))
    undone = {line.reverses_id for line in lines}
    open_lines = [line for line in lines if line.pk not in undone]
    waived = {line.instalment_id for line in open_lines if line.kind == K.WAIVER}
    fees = [x for x in open_lines if x.kind == K.FEE and x.instalment_id not in waived]
    instalments = list(lease.instalments.all()) if fees else []
    return [
        reversal
        for fee in fees
        if _was_paid_in_time(fee, instalments, lines, undone)
        for reversal in take_back([fee], reason=PAID_IN_TIME, by=by, now=now)
    ]


def _was_paid_in_time(
    fee: LedgerEntry,
    instalments: Sequence[Instalment],
    lines: Sequence[LedgerEntry],
    undone: set[int | None],
) -> bool:
    """By the schedule as it was when the fee was charged, and all payments that weren't
    reversed.
    """
    payments = {line.pk for line in lines if line.kind == K.PAYMENT}
    last = _last_day_of_grace(fee)
    known = [
        line
        for line in lines
        if (
            line.effective_on <= last and line.pk not in undone
            if line.pk in payments
            else line.at <= fee.at and line.reverses_id not in payments
        )
    ]
    rows = standing(instalments, known, last).rows
    return any(row.id == fee.instalment_id and row.left <= 0 for row in rows)


def _last_day_of_grace(fee: LedgerEntry) -> date:
    """From its breakdown; for a fee without one, the day before it was charged."""
    found = fee.breakdown or {}
    try:
        counted = date.fromisoformat(found.get("counts_from") or found["due_on"])
        return counted + timedelta(days=found["grace_days"])
    except (KeyError, TypeError, ValueError):
        return fee.effective_on - timedelta(days=1)
