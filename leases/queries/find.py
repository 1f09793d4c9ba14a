"""Find a contract from what a caller can say: a number, phone, e-mail, name or store."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from accounts.models import User
from leases.formats import parse_phone
from leases.models import Customer, Lease, Store
from leases.models.customer import Fold

LIMIT = 20
USUAL_DIGITS = range(7, 11)  # of an account number: others are warned about, never refused
SHORTEST = 2  # letters; less matches everybody
APPLICATION_ID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
MOST_STORES = 200  # named in one statement


def find_leases(text: str, *, user: User) -> list[Lease]:
    """At most LIMIT leases, newest first; those of a store after those of people with that name.

    Empty for a text too short to mean anything.
    """
    text = " ".join(text.replace("\x00", " ").split())[:120]
    if len(text) < SHORTEST:
        return []
    found = list(leases_of(text, user=user)[:LIMIT])
    if len(found) == LIMIT or not _may_be_a_store(text):
        return found
    of_stores = leases_of_stores(text, user=user).exclude(pk__in=[lease.pk for lease in found])
    return found + list(of_stores[: LIMIT - len(found)])


def leases_of(text: str, *, user: User) -> QuerySet[Lease]:
    """By number, phone, e-mail or the customer's name."""
    return _newest(user).filter(_matches(text))


def leases_of_stores(text: str, *, user: User) -> QuerySet[Lease]:
    """By the name of a store or its merchant."""
    stores = (
        _named(text, Store.objects.all(), "name")
        .union(_named(text, Store.objects.all(), "merchant__name"))
        .order_by()
        .values_list("pk", flat=True)
    )
    # Asked first: in one statement the planner would not know how few they are. So many that
    # the newest leases are soon met are better left to it.
    few = list(stores[: MOST_STORES + 1])
    return _newest(user).filter(store__in=few if len(few) <= MOST_STORES else stores)


def _newest(user: User) -> QuerySet[Lease]:
    return Lease.objects.visible_to(user).with_parties().order_by("-applied_at", "-id")


def leases_numbered(account_number: str, *, user: User) -> QuerySet[Lease]:
    """The one lease with this account number, if this person may see it."""
    found = Lease.objects.visible_to(user).with_parties().select_related("terms")
    if "\x00" in account_number:  # PostgreSQL takes no such text, not even to compare
        return found.none()
    return found.filter(account_number=account_number)


def is_unusual_number(text: str) -> bool:
    """No phone number, and fewer or more digits than account numbers usually have."""
    digits = _digits(text)
    return digits.isdecimal() and len(digits) not in USUAL_DIGITS and parse_phone(text) is None


def _digits(text: str) -> str:
    return re.sub(r"[\s().+-]", "", text)


def _may_be_a_store(text: str) -> bool:
    return "@" not in text and any(character.isalpha() for character in text)


def _matches(text: str) -> Q:
    if "@" in text:
        return Q(customer__email=text.lower())  # all are stored in lower case
    if application := _application_id(text):
        return Q(application_id=application)
    digits = _digits(text)
    if digits.isdecimal():
        matches = Q(account_number=digits) | Q(account_number=text) | _invoice(text)
        if phone := parse_phone(text):
            # Asked first: an OR over two tables has no index.
            callers = Customer.objects.filter(phone=phone).values_list("pk", flat=True)
            matches |= Q(customer__in=list(callers[:LIMIT]))
        return matches
    if any(character.isdigit() for character in text):
        return Q(account_number=text.upper()) | _invoice(text)
    return Q(customer__in=_named(text, Customer.objects.all(), "name"))


def _application_id(text: str) -> UUID | None:
    """Only as it is written: 32 digits alone may be a number of another kind."""
    return (
        UUID(text)
        if re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text)
        else None
    )


def _invoice(text: str) -> Q:
    return Q(invoice_number__iexact=text)


def _named(text: str, found: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Every word is part of the name, in any order, case and accents."""
    matches = Q()
    for word in text.split():
        matches &= Q(folded__contains=Fold(Value(word)))
    named: QuerySet[Any] = found.alias(folded=Fold(column)).filter(matches)
    return named
