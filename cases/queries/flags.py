"""What is said about cases beside their kind: attorneys, statutes, legal holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F, QuerySet

from accounts.models import User
from cases import numbers
from cases.enums import FlagKind
from cases.models import Case, CaseFlag
from leases.models import Customer, IdentityBlock
from leases.queries.identity_blocks import blocks_of


class Flags(NamedTuple):
    """Those in force in one case; its attorney may have been named in another one of the customer's
    cases. Or all of a customer's, with the block on their new applications.
    """

    rows: tuple[CaseFlag, ...] = ()
    block: IdentityBlock | None = None

    @property
    def attorney(self) -> CaseFlag | None:
        """The newest whose letter we have: whoever only says that they're one silences no one."""
        attorneys = [each for each in self.rows if each.is_attorney]
        return max(
            attorneys,
            key=lambda each: (not each.awaits_letter, each.at, each.pk or 0),
            default=None,
        )

    @property
    def kinds(self) -> list[FlagKind]:
        """Each once, the most important first."""
        found = {each.kind for each in self.rows}
        return [each for each in FlagKind if each in found]

    @property
    def blocked_in(self) -> str:
        """The number of the case the block was recorded in, as it's read aloud."""
        return numbers.shown(self.block.said_in) if self.block else ""


NO_FLAGS = Flags()


def flags_of(cases: Iterable[Case]) -> dict[int, Flags]:
    """By the case's id; cases without flags are missing. One query for any number of cases, which
    come with their leases.
    """
    customers = _customers_of(cases)
    if not customers:
        return {}
    own, theirs = (rows.select_related("case", "by") for rows in _about(customers))
    found: dict[int, list[CaseFlag]] = defaultdict(list)
    attorneys: dict[int | None, list[CaseFlag]] = defaultdict(list)
    for flag in own.union(theirs).order_by("-at", "-id"):
        found[flag.case_id].append(flag)
        customer = flag.customer  # type: ignore[attr-defined]  # annotated
        if flag.is_attorney and customer is not None:
            attorneys[customer].append(flag)
    told = {
        case: tuple(dict.fromkeys([*found.get(case, ()), *attorneys.get(of, ())]))
        for case, of in customers.items()
    }
    return {case: Flags(flags) for case, flags in told.items() if flags}


def _customers_of(cases: Iterable[Case]) -> dict[int, int | None]:
    """By the case's id."""
    return {case.pk: case.lease.customer_id if case.lease else None for case in cases}


def _about(customers: dict[int, int | None]) -> tuple[QuerySet[CaseFlag], QuerySet[CaseFlag]]:
    """Flags of these cases, and attorneys of their customers. For a union, whose order, also if it
    has only one part, is the only one.
    """
    rows = CaseFlag.objects.in_force().annotate(customer=F("case__lease__customer")).order_by()
    theirs = rows.attorneys_of({each for each in customers.values() if each is not None})
    return rows.filter(case__in=customers), theirs


def flag_kinds(cases: Iterable[Case]) -> dict[int, list[FlagKind]]:
    """Only `Flags.kinds` of `flags_of`, for lists that show nothing else of them; one query."""
    customers = _customers_of(cases)
    if not customers:
        return {}
    own, theirs = _about(customers)
    told = ("case", "kind", "customer")
    of_cases: dict[int, set[str]] = defaultdict(set)
    represented = set()
    for case, kind, customer in own.values_list(*told).union(theirs.values_list(*told)):
        of_cases[case].add(kind)
        if kind == FlagKind.ATTORNEY and customer is not None:
            represented.add(customer)
    for case, customer in customers.items():
        if customer in represented:
            of_cases[case].add(FlagKind.ATTORNEY)
    return {case: [each for each in FlagKind if each in of_cases[case]] for case in customers}


def flags_of_people(customers: Iterable[Customer], *, user: User) -> dict[int, Flags]:
    """By the customer's id, of all their cases; customers without any are missing. Two queries."""
    keys = {each.pk for each in customers}
    if not (keys and user.works_cases):
        return {}
    rows = CaseFlag.objects.in_force().filter(case__lease__customer__in=keys)
    rows = rows.annotate(customer=F("case__lease__customer")).order_by("-at", "-id")
    found: dict[int, list[CaseFlag]] = defaultdict(list)
    for flag in rows:
        found[flag.customer].append(flag)  # type: ignore[attr-defined]  # annotated
    blocks = blocks_of(keys)
    return {
        customer: Flags(tuple(found.get(customer, ())), blocks.get(customer))
        for customer in found.keys() | blocks.keys()
    }


def flags_in(case: Case) -> Flags:
    return flags_of([case]).get(case.pk, NO_FLAGS)


def attorney_of(case: Case) -> CaseFlag | None:
    """Whoever speaks for its customer."""
    return flags_in(case).attorney


def holds() -> int:
    """How many cases are on hold: every flag holds its case, of which nothing is deleted."""
    return CaseFlag.objects.in_force().values("case").distinct().count()
