"""The payments a contract starts with. Pure; amounts in US dollars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from leases import schedule
from leases.enums import LedgerKind, Part
from leases.money import split


class ScheduleTerms(Protocol):
    """What is read of a contract's terms."""

    total: Decimal
    payments: int
    frequency: str
    first_due_on: date | None


@dataclass
class FirstPayment:
    """Like `schedule.AgreedPayment`; `pk` is its number, because nothing is stored yet."""

    pk: int
    number: int
    due_on: date
    amount: Decimal


@dataclass
class _Charge:
    pk: int
    kind: str
    part: str
    amount: Decimal
    effective_on: date
    instalment_id: int | None
    reverses_id: int | None = None


def first_payments(terms: ScheduleTerms, delivered_on: date) -> list[FirstPayment]:
    """The first is due on the day in the terms, or a week after the delivery. What would be due
    before the customer has the merchandise goes after the last payment instead.
    """
    days = _due_days(terms, delivered_on)
    amounts = split(terms.total, terms.payments)
    return [
        FirstPayment(number, number, day, amount)
        for number, (day, amount) in enumerate(zip(days, amounts, strict=True), start=1)
    ]


def first_standing(
    payments: Iterable[FirstPayment], lines: Iterable[schedule.LedgerLine], today: date
) -> schedule.Standing:
    """How a lease would stand on `today` with these payments charged in addition to its `lines`."""
    payments = list(payments)
    charges = [
        _Charge(0, LedgerKind.CHARGE, Part.RENT, each.amount, each.due_on, each.pk)
        for each in payments
        if each.amount
    ]
    return schedule.standing(payments, [*lines, *charges], today)


def _due_days(terms: ScheduleTerms, delivered_on: date) -> list[date]:
    """In the rhythm of the agreed first day, from the delivery on."""
    first = terms.first_due_on or delivered_on + timedelta(weeks=1)
    over = max(0, (delivered_on - first).days // 7 + 1)  # no two days are closer than a week
    days = schedule.due_days(first, terms.frequency, terms.payments + over)
    return [day for day in days if day > delivered_on][: terms.payments]
