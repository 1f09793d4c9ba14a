"""What a lease owes, read from its ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from common.company_day import business_day
from leases import schedule
from leases.exchanges import Exchange, exchange
from leases.models import Instalment, Lease, LedgerEntry

#: All that `schedule.standing` reads.
AGREED = ("pk", "lease_id", "number", "due_on", "amount")
LINE = (
    "pk", "lease_id", "kind", "part", "amount", "effective_on", "instalment_id", "reverses_id",
)  # fmt: skip


def exchange_of(lease: Lease, now: datetime) -> Exchange:
    delivered_on = business_day(lease.delivered_at) if lease.delivered_at else None
    return exchange(lease.status_at(now), lease.program, delivered_on, business_day(now))


def standing_of(lease: Lease, today: date) -> schedule.Standing:
    """Two queries; zero sums for a lease without a schedule. See `schedule.standing`."""
    return schedule.standing(
        list(lease.instalments.all()), list(lease.ledger.order_by("effective_on", "id")), today
    )


def standings_of(leases: Sequence[Lease], today: date) -> dict[int, schedule.Standing]:
    """The same for several leases, in two queries however many there are."""
    keys = [lease.pk for lease in leases]
    agreed: dict[int, list[Any]] = defaultdict(list)
    for each in Instalment.objects.filter(lease__in=keys).values_list(*AGREED, named=True):
        agreed[each.lease_id].append(each)
    lines: dict[int, list[Any]] = defaultdict(list)
    # Sorted here: they're few, but the planner's guess of how many varies with its sample.
    entries = LedgerEntry.objects.filter(lease__in=keys).order_by().values_list(*LINE, named=True)
    for line in sorted(entries, key=lambda each: (each.effective_on, each.pk)):
        lines[line.lease_id].append(line)
    return {key: schedule.standing(agreed[key], lines[key], today) for key in keys}
