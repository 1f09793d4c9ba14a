from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from common.company_day import company_zone
from common.formats import day as worded
from leases.enums import LeaseStatus as S
from leases.imports import customers, lease_checks
from leases.imports.lease_history import ended_at, history
from leases.imports.lease_terms import copy_schedules, terms_of
from leases.imports.problems import LineProblem, problem
from leases.models import Customer, Lease, Program, StatusEvent, Store, Terms

Row = Mapping[str, Any]


class Leases:
    """Imports files of leases a chunk at a time, with their history, terms and schedule."""

    def __init__(self, *, name: str, now: datetime) -> None:
        self.now = now
        self.zone = company_zone()
        self.today = now.astimezone(self.zone).date()
        self.reason = f"import: {name}"[:200]
        self.stores: dict[tuple[str, str], Store] = {}
        for store in Store.objects.select_related("merchant"):
            for known_as in {store.name, store.code} - {""}:
                self.stores[_key(store.merchant.name, known_as)] = store
        self.programs = {
            _key(each.merchant.name, each.code): each
            for each in Program.objects.select_related("merchant")
        }
        self.last_before = Lease.objects.aggregate(last=Max("pk"))["last"] or 0

    def write(self, rows: list[Row]) -> list[bool | LineProblem]:
        results: list[bool | LineProblem | None] = [
            lease_checks.check_lease(row, self.today) or self._check_names(row) for row in rows
        ]
        sound = [row for row, result in zip(rows, results, strict=True) if result is None]
        people, _added = customers.customers_of(sound)
        known = {
            each.account_number: each
            for each in Lease.objects.filter(
                account_number__in=[row["account_number"] for row in sound]
            ).select_related("customer")
        }
        made: dict[str, tuple[Lease, Row]] = {}
        for place, row in enumerate(rows):
            if results[place] is not None:
                continue
            number = row["account_number"]
            results[place] = customers.check_customers(row, people) or _seen(
                number, row, known, made, self.last_before
            )
            if results[place] is None:
                lease = self._lease(row, people[row["customer_email"]])
                results[place] = self._expired(lease) or True
                if results[place] is True:
                    made[number] = (lease, row)
        self._save(list(made.values()))
        return [bool(each) if not isinstance(each, LineProblem) else each for each in results]

    def _check_names(self, row: Row) -> LineProblem | None:
        if _key(row["merchant"], row["store"]) not in self.stores:
            return problem(
                "store_unknown", _("This merchant has no store with this name."), column="store"
            )
        if row["program"] and _key(row["merchant"], row["program"]) not in self.programs:
            return problem(
                "program_unknown",
                _("This merchant has no program with this code."),
                column="program",
            )
        return None

    def _expired(self, lease: Lease) -> LineProblem | None:
        if lease.expires_at is None or lease.expires_at > self.now:
            return None
        return problem(
            "already_expired",
            _("The deadline passed on %(day)s. The lease is now “%(status)s.”"),
            column="status",
            day=worded(lease.expires_at),
            status=S(lease.expires_as).label,
        )

    def _moment(self, day: date | None) -> datetime | None:
        """Noon in the company's time zone, because a file only has dates."""
        return min(datetime.combine(day, time(12), self.zone), self.now) if day else None

    def _lease(self, row: Row, customer: Customer) -> Lease:
        lease = Lease(
            account_number=row["account_number"],
            customer=customer,
            store=self.stores[_key(row["merchant"], row["store"])],
            program=self.programs.get(_key(row["merchant"], row["program"] or "")),
            merchandise=row["merchandise"] or "",
            status=row["status"],
            approval_limit=row["approval_limit"],
            invoice_number=row["invoice_number"] or "",
            invoice_total=row["invoice_total"],
            applied_at=self._moment(row["applied_on"]) or self.now,
            approved_at=self._moment(row["approved_on"]),
            contracts_at=self._moment(row["invoiced_on"]),
            signed_at=self._moment(row["signed_on"]),
            delivered_at=self._moment(row["delivered_on"]),
        )
        lease.set_deadline()
        lease.ended_at = ended_at(lease, self.now)
        return lease

    def _save(self, made: list[tuple[Lease, Row]]) -> None:
        Lease.objects.bulk_create([lease for lease, _row in made])
        StatusEvent.objects.bulk_create(
            [
                event
                for lease, _row in made
                for event in history(lease, reason=self.reason, now=self.now)
            ],
            batch_size=5000,
        )
        terms = [each for lease, row in made if (each := terms_of(lease, row)) is not None]
        Terms.objects.bulk_create(terms)
        copy_schedules([each for each in terms if each.lease.status == S.FUNDED], self.now)


def _key(merchant: str, name: str) -> tuple[str, str]:
    return merchant.casefold(), name.casefold()


def _seen(
    number: str,
    row: Row,
    known: Mapping[str, Lease],
    made: Mapping[str, tuple[Lease, Row]],
    last_before: int,
) -> LineProblem | bool | None:
    """False for an existing lease, None for a new one."""
    before = known.get(number)
    if number in made or (before is not None and before.pk > last_before):
        return problem(
            "account_twice",
            _("This account number appears twice in the file."),
            column="account_number",
        )
    if before is None:
        return None
    if before.customer.email != row["customer_email"]:
        return problem(
            "account_taken",
            _("This account number belongs to another customer."),
            column="account_number",
        )
    return False
