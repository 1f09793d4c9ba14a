from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from leases.enums import LanguageSource
from leases.imports.problems import LineProblem, problem
from leases.models import Customer

Row = Mapping[str, Any]


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def customers_of(rows: Iterable[Row]) -> tuple[dict[str, Customer], set[str]]:
    """Every customer named in the rows by email address, and the addresses that were new.

    Existing customers stay as they are. `check` says which rows don't fit.
    """
    wanted: dict[str, Row] = {}
    for row in rows:
        wanted.setdefault(row["customer_email"], row)
    found = {each.email: each for each in Customer.objects.filter(email__in=wanted)}
    taken = set(User.objects.filter(email__in=wanted.keys() - found.keys()).values_list(
        "email", flat=True
    ))  # fmt: skip
    new = [row for address, row in wanted.items() if address not in found and address not in taken]
    users = User.objects.bulk_create(
        User(
            email=row["customer_email"],
            name=row["customer_name"],
            role=Role.CUSTOMER,
            language=row["customer_language"],
            password=make_password(None),
        )
        for row in new
    )
    added = Customer.objects.bulk_create(
        Customer(
            user=user,
            name=user.name,
            email=user.email,
            phone=row["customer_phone"] or "",
            language=user.language,
            language_source=LanguageSource.IMPORTED,
            **({"time_zone": row["customer_time_zone"]} if row["customer_time_zone"] else {}),
        )
        for user, row in zip(users, new, strict=True)
    )
    return found | {each.email: each for each in added}, {each.email for each in added}


def check_customers(row: Row, customers: Mapping[str, Customer]) -> LineProblem | None:
    customer = customers.get(row["customer_email"])
    if customer is None:
        return problem(
            "staff_email", _("A staff member uses this address."), column="customer_email"
        )
    if not _same(customer.name, row["customer_name"]):
        return problem(
            "other_customer",
            _("This address is registered to %(name)s."),
            column="customer_name",
            name=customer.name,
        )
    return None


class Customers:
    """Imports files of customers."""

    def write(self, rows: list[Row]) -> list[bool | LineProblem]:
        customers, added = customers_of(rows)
        results: list[bool | LineProblem] = []
        for row in rows:
            address = row["customer_email"]
            results.append(check_customers(row, customers) or address in added)
            added.discard(address)
        return results
