"""Find a contract from what a caller can say: account number, phone, e-mail or name."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet, Value

from accounts.models import User
from leases.formats import parse_phone
from leases.models import Customer, Lease
from leases.models.customer import Fold

LIMIT = 20
USUAL_DIGITS = range(7, 11)  # of an account number: others are warned about, never refused
SHORTEST = 2  # letters; less matches everybody


def find_leases(text: str, *, user: User) -> QuerySet[Lease]:
    """At most LIMIT leases, newest first; empty for a text too short to mean anything."""
    text = " ".join(text.replace("\x00", " ").split())[:120]
    found = Lease.objects.visible_to(user).with_parties().order_by("-applied_at", "-id")
    if len(text) < SHORTEST:
        return found.none()
    return found.filter(_matches(text))[:LIMIT]


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


def _matches(text: str) -> Q:
    if "@" in text:
        return Q(customer__email=text.lower())  # all are stored in lower case
    digits = _digits(text)
    if digits.isdecimal():
        matches = Q(account_number=digits) | Q(account_number=text)
        if phone := parse_phone(text):
            matches |= Q(customer__phone=phone)
        return matches
    if any(character.isdigit() for character in text):
        return Q(account_number=text.upper())
    return Q(customer__in=_customers_named(text))


def _customers_named(text: str) -> QuerySet[Customer]:
    """Every word is part of the name, in any order, case and accents."""
    customers = Customer.objects.annotate(folded=Fold("name"))
    for word in text.split():
        customers = customers.filter(folded__contains=Fold(Value(word)))
    return customers
