from __future__ import annotations

from datetime import date, datetime

from leases.actions.who import By, author
from leases.enums import LedgerKind, Part
from leases.first_schedule import first_payments
from leases.models import Instalment, Lease, LedgerEntry


def start_schedule(*, lease: Lease, delivered_on: date, by: By, now: datetime) -> None:
    """Creates the payments of the contract and their charges; inside the delivery's transaction.

    A lease without terms gets none until they are entered.
    """
    terms = getattr(lease, "terms", None)
    if terms is None:
        return
    agreed = Instalment.objects.bulk_create(
        Instalment(lease=lease, number=each.number, due_on=each.due_on, amount=each.amount)
        for each in first_payments(terms, delivered_on)
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            lease=lease, kind=LedgerKind.CHARGE, part=Part.RENT, amount=each.amount,
            effective_on=each.due_on, instalment=each, by=author(by)["by"], at=now,
        )
        for each in agreed
        if each.amount
    )  # fmt: skip
