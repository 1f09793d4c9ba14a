"""Finds a contract from what a caller can say: a number, phone, email, name or store."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.formats import parse_phone
from leases.models import Customer, Lease, Store
from leases.queries.names import nearly_named, newest_nearly_named, with_name

LIMIT = 20
MOST_CALLERS = 200  # who share a phone's last digits
USUAL_DIGITS = range(7, 11)  # of an account number; others get a warning, never an error
SHORTEST = 2  # letters; fewer would match everyone
LONGEST = 254  # characters of an email address
LAST_DIGITS = range(4, 10)  # of a phone number, as people remember one
# What people write or paste around a number.
EXTENSION = re.compile(r"\s*(?:[,;]?\s*(?:ext(?:\.|ensi[oó]n)?|x|#)|[,;])\s*\d{1,6}\s*$", re.I)
MOST_STORES = 200  # named in one statement


class FoundLeases(NamedTuple):
    rows: list[Lease]
    are_alike: bool = False  # nothing has what was typed: these names resemble it


def find_leases(text: str, *, user: User, spoken_for: Collection[int] = ()) -> list[Lease]:
    return search_leases(text, user=user, spoken_for=spoken_for).rows


def search_leases(text: str, *, user: User, spoken_for: Collection[int] = ()) -> FoundLeases:
    """At most LIMIT leases, newest first; those of a store after those of people with that name.

    `spoken_for`: customers whom someone speaks for that the text may mean; theirs come between.
    Empty for a text too short to mean anything, or too long to be a name or a number.
    """
    text = _plain(text)
    if not SHORTEST <= len(text) <= LONGEST:
        return FoundLeases([])
    found = list(leases_of(text, user=user)[:LIMIT])
    if len(found) < LIMIT and spoken_for:
        theirs = _newest(user).filter(customer__in=spoken_for)
        found += theirs.exclude(pk__in=[lease.pk for lease in found])[: LIMIT - len(found)]
    if len(found) < LIMIT and _may_be_a_name(text):
        of_stores = leases_of_stores(text, user=user).exclude(pk__in=[lease.pk for lease in found])
        found += of_stores[: LIMIT - len(found)]
    if found or not _may_be_a_name(text):
        return FoundLeases(found)
    return FoundLeases(_leases_of_nearly(text, user=user), are_alike=True)


def too_long(text: str) -> ValidationError | None:
    """`search_too_long`: longer than anything a lease is searched by. It's never cut, because half
    of it would find others.
    """
    if (length := len(_plain(text))) <= LONGEST:
        return None
    return ValidationError(
        _(
            "Search for one name, number or address of up to %(most)d characters. This has "
            "%(length)d."
        ),
        code="search_too_long",
        params={"most": LONGEST, "length": length},
    )


def no_lease_matches(text: str) -> ValidationError:
    """`lease_unknown`, with another way to search than the one that was tried."""
    if "@" in text:
        words = _(
            "No lease matches “%(searched)s”. Check the email address, or search by name or phone."
        )
    elif any(character.isdigit() for character in text):
        words = _("No lease matches “%(searched)s”. Check the number or search by name.")
    else:
        words = _(
            "No lease matches “%(searched)s”. Check the spelling, or search by phone or account "
            "number."
        )
    return ValidationError(words, code="lease_unknown", params={"searched": text})


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _leases_of_nearly(text: str, *, user: User) -> list[Lease]:
    """Leases of customers with a similar name: `hernandes`. The newest customers come first: where
    their leases fill the page, comparing all names would only take longer.
    """
    people = Customer.objects.visible_to(user)
    newest = newest_nearly_named(text, people)
    found = _of_people(newest, user=user) if newest else []
    if len(found) == LIMIT:
        return found
    return _of_people(nearly_named(text, people), user=user)


def _of_people(keys: list[int], *, user: User) -> list[Lease]:
    return list(_newest(user).filter(customer__in=keys)[:LIMIT])


def leases_of(text: str, *, user: User) -> QuerySet[Lease]:
    """By number, phone, email or the customer's name."""
    return _newest(user).filter(_matches(text))


def leases_of_stores(text: str, *, user: User) -> QuerySet[Lease]:
    """By the name of a store or its merchant."""
    stores = (
        with_name(text, Store.objects.all())
        .union(with_name(text, Store.objects.all(), "merchant__name_key"))
        .order_by()
        .values_list("pk", flat=True)
    )
    # Queried first: in one statement the planner wouldn't know how few they are. If they are so
    # many that the newest leases are soon found, leave it to the planner.
    few = list(stores[: MOST_STORES + 1])
    return _newest(user).filter(store__in=few if len(few) <= MOST_STORES else stores)


def _newest(user: User) -> QuerySet[Lease]:
    return Lease.objects.visible_to(user).with_parties().order_by("-applied_at", "-id")


def leases_numbered(account_number: str, *, user: User) -> QuerySet[Lease]:
    """The one lease with this account number, if this person may see it."""
    found = Lease.objects.visible_to(user).with_parties().select_related("terms")
    if "\x00" in account_number:  # PostgreSQL rejects such a text, even for a comparison
        return found.none()
    return found.filter(account_number=account_number)


def is_unusual_number(text: str) -> bool:
    """Not a phone number, and with fewer or more digits than account numbers usually have."""
    digits = _digits(text)
    if len(text) > LONGEST:
        return False
    return digits.isdecimal() and len(digits) not in USUAL_DIGITS and parse_phone(text) is None


def _digits(text: str) -> str:
    return re.sub(r"[\s().+-]", "", text)


def _may_be_a_name(text: str) -> bool:
    return "@" not in text and any(character.isalpha() for character in text)


def _matches(text: str) -> Q:
    if "@" in text:
        return Q(customer__email=text.lower())  # all are stored in lower case
    if application := _application_id(text):
        return Q(application_id=application)
    digits = _digits(EXTENSION.sub("", text))
    if digits.isdecimal():
        matches = Q(account_number=digits) | Q(account_number=text) | _invoice(text)
        # Queried first, because an OR over two tables has no index.
        callers = _callers(text, digits).values_list("pk", flat=True)
        return matches | Q(customer__in=list(callers[:MOST_CALLERS]))
    if any(character.isdigit() for character in text):
        return Q(account_number=text.upper()) | _invoice(text)
    return Q(customer__in=with_name(text, Customer.objects.all()))


def _callers(text: str, digits: str) -> QuerySet[Customer]:
    """By a whole phone number, or by its last digits."""
    if phone := parse_phone(text):
        return Customer.objects.filter(phone=phone)
    if len(digits) not in LAST_DIGITS:
        return Customer.objects.none()
    return Customer.objects.alias(from_the_end=Reverse("phone")).filter(
        from_the_end__startswith=digits[::-1]
    )


def _application_id(text: str) -> UUID | None:
    """Only in its own notation: 32 digits alone may be another kind of number."""
    return (
        UUID(text)
        if re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text)
        else None
    )


def _invoice(text: str) -> Q:
    return Q(invoice_number__iexact=text)
