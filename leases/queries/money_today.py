"""What a lease owes today, and what was paid last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from leases import schedule
from leases.enums import LedgerKind
from leases.models import Lease, LedgerEntry
from leases.money import ZERO


@dataclass(frozen=True)
class LastPayment:
    entry: LedgerEntry
    amount: Decimal


class MoneyToday(NamedTuple):
    standing: schedule.Standing
    last: LastPayment | None


def money_today(lease: Lease, today: date) -> MoneyToday | None:
    """None without any transaction. One query: the ledger brings the schedule along."""
    rows = lease.ledger.select_related("instalment").order_by("effective_on", "id")
    entries = list(rows)
    if not entries:
        return None
    agreed = {entry.instalment_id: entry.instalment for entry in entries if entry.instalment}
    standing = schedule.standing(list(agreed.values()), entries, today)
    last = last_payment([each for each in entries if each.effective_on <= today])
    return MoneyToday(standing, last)


def last_payment(entries: Sequence[LedgerEntry]) -> LastPayment | None:
    """The newest that wasn't reversed, with its fee."""
    reversed_ones = {entry.reverses_id for entry in entries}
    paid = [
        entry
        for entry in entries
        if entry.kind == LedgerKind.PAYMENT and entry.pk not in reversed_ones
    ]
    if not paid:
        return None
    last = paid[-1]
    amount = sum((entry.amount for entry in paid if entry.batch == last.batch), ZERO)
    return LastPayment(last, -amount)
