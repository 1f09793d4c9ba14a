from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from common.company_day import business_day
from leases.enums import LedgerKind, Part
from leases.imports.problems import LineProblem, problem
from leases.models import Instalment, Lease, LedgerEntry
from leases.money import ZERO

Row = Mapping[str, Any]
Facts = tuple[Decimal, date, str]


class Payments:
    """Imports files of payments received earlier, each once by its number."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.today = business_day(now)

    def write(self, rows: list[Row]) -> list[bool | LineProblem]:
        leases = self._leases({row["account_number"] for row in rows})
        owed = _owed(leases)
        seen = _recorded(leases, rows)
        results: list[bool | LineProblem] = []
        new = []
        for row in rows:
            lease = leases.get(row["account_number"])
            result = self._check(row, lease) or _again(row, lease, seen)
            if result is None and lease is not None:
                part = row["part"] or Part.RENT
                if row["amount"] > owed[lease.pk]:
                    result = problem(
                        "overpaid",
                        _("This is more than what’s left to pay on the lease."),
                        column="amount",
                    )
                else:
                    owed[lease.pk] -= row["amount"]
                    seen[lease.pk, row["payment_id"]] = (row["amount"], row["paid_on"], part)
                    new.append(self._entry(row, lease, part))
                    result = True
            results.append(result if result is not None else False)
        LedgerEntry.objects.bulk_create(new)
        return results

    def _leases(self, numbers: set[str]) -> dict[str, Lease]:
        """Locked against payments recorded in the meantime."""
        scheduled = Instalment.objects.filter(lease=OuterRef("pk"))
        found = Lease.objects.filter(account_number__in=numbers).order_by("pk")
        with_schedule = found.annotate(has_schedule=Exists(scheduled))
        return {each.account_number: each for each in with_schedule.select_for_update(of=("self",))}

    def _check(self, row: Row, lease: Lease | None) -> LineProblem | None:
        if lease is None:
            return problem(
                "account_unknown", _("No lease has this account number."), column="account_number"
            )
        if not getattr(lease, "has_schedule", False):
            return problem(
                "no_schedule",
                _("This lease has no payment schedule. Import its terms first."),
                column="account_number",
            )
        if row["paid_on"] > self.today:
            return problem("future_date", _("This date is in the future."), column="paid_on")
        if row["paid_on"] < business_day(lease.applied_at):
            return problem(
                "date_order", _("This date is before the application."), column="paid_on"
            )
        return None

    def _entry(self, row: Row, lease: Lease, part: str) -> LedgerEntry:
        return LedgerEntry(
            lease=lease,
            kind=LedgerKind.PAYMENT,
            part=part,
            amount=-row["amount"],
            effective_on=row["paid_on"],
            method=row["method"] or "",
            reference=row["reference"] or "",
            external_id=row["payment_id"],
            at=self.now,
        )


def _owed(leases: Mapping[str, Lease]) -> dict[int, Decimal]:
    sums = (
        LedgerEntry.objects.filter(lease__in=leases.values())
        .order_by()
        .values_list("lease")
        .annotate(Sum("amount"))
    )
    return defaultdict(lambda: ZERO, dict(sums))


def _recorded(leases: Mapping[str, Lease], rows: list[Row]) -> dict[tuple[int, str], Facts]:
    entries = LedgerEntry.objects.filter(
        lease__in=leases.values(), external_id__in={row["payment_id"] for row in rows}
    )
    return {
        (each.lease_id, each.external_id): (-each.amount, each.effective_on, each.part)
        for each in entries
    }


def _again(
    row: Row, lease: Lease | None, seen: Mapping[tuple[int, str], Facts]
) -> LineProblem | bool | None:
    """False for the same payment again, None for a new one."""
    if lease is None:
        return None
    before = seen.get((lease.pk, row["payment_id"]))
    if before is None:
        return None
    if before != (row["amount"], row["paid_on"], row["part"] or Part.RENT):
        return problem(
            "payment_differs",
            _(
                "A payment with this number is already recorded with a different amount, date "
                "or part."
            ),
            column="payment_id",
        )
    return False
