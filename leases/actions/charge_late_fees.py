from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Prefetch

from common.company_day import business_day
from leases.enums import LedgerKind, Part
from leases.fee_pauses import Pause, counts_from
from leases.late_fees import Fee, LateFeeRule, fee_for
from leases.models import DisputedCharge, Lease, LedgerEntry, Terms
from leases.queries.late_fees import behind, late_fee_rules
from leases.schedule import ScheduleRow, standing

#: Leases locked and charged with one set of statements.
CHUNK = 100


def charge_late_fees(*, now: datetime) -> int:
    """Charges one fee for every payment that is late beyond its grace period; returns how many.

    Each lease is locked before its ledger is read, so running twice, or two runs at once, charge
    nothing twice. A payment under review waits for the decision (leases/fee_pauses.py). What was
    already past due when the lease was imported is left to the system it came from.
    """
    rules = late_fee_rules()
    today = business_day(now)
    late = behind(rules, today)
    chunks = (late[start : start + CHUNK] for start in range(0, len(late), CHUNK))
    return sum(_charge(chunk, rules, today, now) for chunk in chunks)


@transaction.atomic
def _charge(
    leases: Sequence[int], rules: dict[str, LateFeeRule], today: date, now: datetime
) -> int:
    entries, excused = [], []
    for lease in _with_ledgers(leases):
        found = _look(lease, rules[lease.terms.state], today)
        entries += [
            LedgerEntry(
                lease=lease, kind=LedgerKind.FEE, part=Part.FEES, amount=fee.amount,
                effective_on=today, instalment_id=instalment, breakdown=fee.breakdown, at=now,
            )
            for instalment, fee in found.fees
        ]  # fmt: skip
        if not found.fees and found.late_from != lease.terms.late_from:
            lease.terms.late_from = found.late_from
            excused.append(lease.terms)
    Terms.objects.bulk_update(excused, ["late_from"])
    return len(LedgerEntry.objects.bulk_create(entries))


def _with_ledgers(leases: Sequence[int]) -> list[Lease]:
    """Locked in one order, so that two runs never wait for each other."""
    held = Lease.objects.filter(pk__in=leases).order_by("pk").select_for_update()
    disputed = Prefetch("disputed_charges", DisputedCharge.objects.select_related("entry"))
    return list(held.prefetch_related("terms", "instalments", "ledger", disputed))


class _Found(NamedTuple):
    fees: list[tuple[int, Fee]]  # by payment of the schedule
    late_from: date | None  # with these fees charged: what the terms should say next


def _look(lease: Lease, rule: LateFeeRule, today: date) -> _Found:
    """Reads the ledger that was loaded with the lease."""
    lines = list(lease.ledger.all())
    had_one = {line.instalment_id for line in lines if line.kind == LedgerKind.FEE}
    came_late = {
        line.instalment_id
        for line in lines
        if line.kind == LedgerKind.CHARGE and business_day(line.at) > line.effective_on
    }
    unpaid = [row for row in _rows(lease, lines, today) if row.left > 0]
    rows = [row for row in unpaid if row.id not in had_one | came_late]
    pauses = _pauses(lease, lines, unpaid, today)
    fees = []
    for row in rows:
        start = counts_from(row.due_on, pauses[row.id], today)
        fee = start and fee_for(row, lease.terms.frequency, rule, counts_from=start)
        if fee:
            fees.append((row.id, fee))
    return _Found(fees, min((row.due_on for row in rows), default=None))


def _rows(lease: Lease, lines: list[LedgerEntry], today: date) -> list[ScheduleRow]:
    return standing(list(lease.instalments.all()), lines, today).rows


def _pauses(
    lease: Lease, lines: list[LedgerEntry], unpaid: list[ScheduleRow], today: date
) -> dict[int, list[Pause]]:
    """By payment of the schedule. Those over are few and count as well."""
    found: dict[int, list[Pause]] = defaultdict(list)
    for each in lease.disputed_charges.all():
        if each.pauses_fees:
            decided_on = business_day(each.decided_at) if each.decided_at else None
            own = each.entry.instalment_id
            for payment in [own] if own else _kept_unpaid(each, lease, lines, unpaid, today):
                found[payment].append(Pause(each.pause_until, decided_on))
    return found


def _kept_unpaid(
    disputed: DisputedCharge,
    lease: Lease,
    lines: list[LedgerEntry],
    unpaid: list[ScheduleRow],
    today: date,
) -> list[int]:
    """A payment the bank returned is no payment of the schedule: what it would cover waits."""
    entry = disputed.entry
    without = LedgerEntry(
        kind=LedgerKind.ADJUSTMENT, part=entry.part, amount=-disputed.amount,
        effective_on=entry.effective_on,
    )  # fmt: skip
    left = {row.id: row.left for row in _rows(lease, [*lines, without], today)}
    return [row.id for row in unpaid if left[row.id] < row.left]
