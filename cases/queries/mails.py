"""Mails that need somebody: those that may have arrived, those that did not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import Lower

from accounts.models import User
from cases.models import Case, Email, SuppressedAddress
from cases.models.suppressed_address import SUPPRESSED
from leases.models import Customer, Lease
from leases.queries.pages import Page, page

SHOWN = ("template", "case", "settled_by")


def undecided(*, user: User, after: str = "") -> Page[Email]:
    """Longest waiting first."""
    mails = Email.objects.visible_to(user).undecided().select_related(*SHOWN)
    return page(mails, order=("created_at", "id"), after=after)


def undelivered(*, user: User, after: str = "") -> Page[Email]:
    mails = Email.objects.visible_to(user).undelivered().select_related(*SHOWN)
    return page(mails, order=("-created_at", "-id"), after=after)


def undecided_count(user: User, *, most: int) -> int:
    return Email.objects.visible_to(user).undecided()[:most].count()


def addresses_count(user: User, *, most: int) -> int:
    return SuppressedAddress.objects.visible_to(user).in_force()[:most].count()


class Trouble(NamedTuple):
    """A suppressed address with what an agent needs for the call."""

    row: SuppressedAddress
    customer: Customer | None
    person: User | None  # of the staff, or the customer's sign-in
    cases: Sequence[Case]
    held: int  # mails that wait for it

    @property
    def new_address(self) -> str:
        """Where the customer is written to by now."""
        if self.customer is None or self.customer.email == self.row.address:
            return ""
        return self.customer.email


def addresses(*, user: User, after: str = "") -> tuple[Page[SuppressedAddress], list[Trouble]]:
    found = page(
        SuppressedAddress.objects.visible_to(user)
        .in_force()
        .select_related("email__template", "email__case__lease__customer"),
        order=("-at", "-id"),
        after=after,
    )
    names = [row.address for row in found.rows]
    people = {person.email: person for person in User.objects.filter(email__in=names)}
    customers = {
        customer.email: customer
        for customer in Customer.objects.visible_to(user).filter(email__in=names)
    }
    by_number = _by_account_number(found.rows, user)
    held = _held(names)
    troubles = []
    for row in found.rows:
        customer = customers.get(row.address)
        if customer is None and row.address not in people:  # nobody's any more: whose was it?
            email = row.email
            if email and email.case:
                customer = email.case.lease.customer
            elif email:
                customer = by_number.get(email.params.get("account_number", ""))
        troubles.append(
            Trouble(row, customer, people.get(row.address), [], held.get(row.address, 0))
        )
    cases = _active_cases([each.customer for each in troubles if each.customer], user)
    return found, [
        each._replace(cases=cases[each.customer.pk]) if each.customer else each for each in troubles
    ]


def _by_account_number(rows: Sequence[SuppressedAddress], user: User) -> dict[str, Customer]:
    numbers = [
        row.email.params["account_number"]
        for row in rows
        if row.email and row.email.case is None and "account_number" in row.email.params
    ]
    leases = Lease.objects.visible_to(user).filter(account_number__in=numbers)
    return {lease.account_number: lease.customer for lease in leases.select_related("customer")}


def _held(addresses: Sequence[str]) -> dict[str, int]:
    mails = Email.objects.undelivered().filter(error=SUPPRESSED)
    counted = (
        mails.annotate(address=Lower("to"))
        .filter(address__in=addresses)
        .order_by()
        .values("address")
        .annotate(count=Count("*"))
    )
    return dict(counted.values_list("address", "count"))


def _active_cases(customers: Sequence[Customer], user: User) -> dict[int, list[Case]]:
    found: dict[int, list[Case]] = defaultdict(list)
    cases = Case.objects.visible_to(user).active().filter(lease__customer__in=customers)
    for case in cases.select_related("lease").order_by("due_on"):
        found[case.lease.customer_id].append(case)
    return found
