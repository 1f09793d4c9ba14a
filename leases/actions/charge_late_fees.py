from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from leases.actions.move import locked
from leases.enums import LedgerKind, Part
from leases.late_fees import Fee, LateFeeRule, fee_for
from leases.models import Lease, LedgerEntry
from leases.queries.late_fees import behind, late_fee_rules
from leases.queries.ledger import business_day
from leases.schedule import standing

#: Leases looked at with one set of queries.
CHUNK = 200


def charge_late_fees(*, now: datetime) -> int:
    """One fee for every instalment that is late beyond its grace period; how many there were.

    Each lease is locked and looked at again by itself, so running twice, or two at once, charges
    nothing twice; a dispute does not stop it. What was already past due when the lease was
    recorded here (an import) is left to the system it came from.
    """
    rules = late_fee_rules()
    today = business_day(now)
    charged = 0
    for leases in behind(rules, today, chunk=CHUNK):
        for lease in _with_ledgers(leases):
            if _fees_due(lease, rules, today):
                charged += _charge(lease, rules, today, now)
    return charged


def _with_ledgers(leases: Sequence[Lease]) -> Iterable[Lease]:
    found = Lease.objects.filter(pk__in=[lease.pk for lease in leases])
    return found.select_related("terms").prefetch_related("instalments", "ledger")


def _fees_due(lease: Lease, rules: dict[str, LateFeeRule], today: date) -> list[tuple[int, Fee]]:
    """By instalment, from the ledger that comes with the lease."""
    rule = rules.get(lease.terms.state)
    if rule is None:
        return []
    lines = list(lease.ledger.all())
    had_one = {line.instalment_id for line in lines if line.kind == LedgerKind.FEE}
    came_late = {
        line.instalment_id
        for line in lines
        if line.kind == LedgerKind.CHARGE and business_day(line.at) > line.effective_on
    }
    fees = []
    for row in standing(list(lease.instalments.all()), lines, today).rows:
        fee = fee_for(row, lease.terms.frequency, rule)
        if fee is not None and row.id not in had_one | came_late:
            fees.append((row.id, fee))
    return fees


@transaction.atomic
def _charge(lease: Lease, rules: dict[str, LateFeeRule], today: date, now: datetime) -> int:
    lease = locked(lease)
    entries = [
        LedgerEntry(
            lease=lease, kind=LedgerKind.FEE, part=Part.FEES, amount=fee.amount, effective_on=today,
            instalment_id=instalment, breakdown=fee.breakdown, at=now,
        )
        for instalment, fee in _fees_due(lease, rules, today)
    ]  # fmt: skip
    return len(LedgerEntry.objects.bulk_create(entries))
