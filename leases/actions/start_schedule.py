from __future__ import annotations

from datetime import date, datetime, timedelta

from leases import schedule
from leases.actions.who import By, author
from leases.enums import LedgerKind, Part
from leases.models import Instalment, Lease, LedgerEntry, Terms
from leases.money import split


def start_schedule(*, lease: Lease, delivered_on: date, by: By, now: datetime) -> None:
    """The instalments of the contract and their charges; inside the delivery's transaction.

    The first payment falls on the day of the terms, or a week after the delivery; what would fall
    due before the customer has the merchandise is put after the last payment instead. A lease
    without terms gets none until they are entered.
    """
    terms = getattr(lease, "terms", None)
    if terms is None:
        return
    days = _due_days(terms, delivered_on)
    agreed = Instalment.objects.bulk_create(
        Instalment(lease=lease, number=number, due_on=day, amount=amount)
        for number, (day, amount) in enumerate(
            zip(days, split(terms.total, terms.payments), strict=True), start=1
        )
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            lease=lease, kind=LedgerKind.CHARGE, part=Part.RENT, amount=each.amount,
            effective_on=each.due_on, instalment=each, by=author(by)["by"], at=now,
        )
        for each in agreed
        if each.amount
    )  # fmt: skip


def _due_days(terms: Terms, delivered_on: date) -> list[date]:
    """In the rhythm of the first day that was agreed, from the delivery on."""
    first = terms.first_due_on or delivered_on + timedelta(weeks=1)
    over = max(0, (delivered_on - first).days // 7 + 1)  # no two days are closer than a week
    days = schedule.due_days(first, terms.frequency, terms.payments + over)
    return [day for day in days if day > delivered_on][: terms.payments]
