"""Cases found by what a caller without a lease told us, and whether a lease could be theirs."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from accounts.models import User
from cases.enums import Visibility
from cases.models import Case, CaseContact, Entry
from cases.models.case import CaseQuerySet
from common.formats import parse_phone
from leases.models import Customer
from leases.queries.find import LAST_DIGITS, LONGEST, SHORTEST
from leases.queries.names import with_name
from leases.queries.said_people import begins_with, has_rare_letters, phoned
from leases.said import Said

MOST = 20
MOST_SAID = 4  # while someone types


def contacts_named(text: str, *, user: User) -> QuerySet[CaseContact]:
    """By email, phone or its last digits, or name, as people type them."""
    contacts = CaseContact.objects.visible_to(user)
    text = " ".join(text.replace("\x00", " ").split())
    if not SHORTEST <= len(text) <= LONGEST:
        return contacts.none()
    if "@" in text:
        return contacts.exclude(email="").filter(email=text.lower())
    digits = re.sub(r"[\s().+-]", "", text)
    if not digits.isdecimal():
        return with_name(text, contacts)
    if phone := parse_phone(text):
        return contacts.filter(phone=phone)
    if len(digits) not in LAST_DIGITS:
        return contacts.none()
    return contacts.alias(from_the_end=Reverse("phone")).filter(
        from_the_end__startswith=digits[::-1]
    )


def cases_of_contacts(text: str, *, user: User) -> list[Case]:
    """Open cases without a lease, about whoever is meant; the newest few."""
    contacts = contacts_named(text, user=user)
    cases = Case.objects.visible_to(user).active().filter(lease=None, contact__in=contacts)
    return list(cases.select_related("kind", "contact").order_by("-pk")[:MOST])


def cases_said(said: Said, *, user: User) -> list[Case]:
    """The same while someone is still typing, a few; what is due first comes first."""
    about = _about_contacts(said, user)
    return [] if about is None else list(about.with_parties()[:MOST_SAID])


def keys_said(said: Said, *, user: User) -> list[int]:
    """Only the keys of `cases_said`."""
    about = _about_contacts(said, user)
    return [] if about is None else list(about.values_list("pk", flat=True)[:MOST_SAID])


def _about_contacts(said: Said, user: User) -> CaseQuerySet | None:
    contacts = _contacts_said(said, user)
    if not contacts:
        return None
    cases = Case.objects.visible_to(user).active().filter(lease=None, contact__in=contacts)
    return cases.order_by("rank", "due_on", "id")


def cases_told(name: str, phone: str, email: str, *, user: User) -> list[Case]:
    """Open cases about whoever has one of these, as far as it's told in full: of a name, two words;
    each in its own query, by its own index.
    """
    told = [
        Said(name, words=words) if len(words := tuple(name.split())) > 1 else None,
        Said(phone, number=phone) if parse_phone(phone) else None,
        Said(email, email=email.strip().lower()) if "@" in email else None,
    ]
    found = [case for said in told if said for case in cases_said(said, user=user)]
    return list(dict.fromkeys(found))


def _contacts_said(said: Said, user: User) -> list[int]:
    people = CaseContact.objects.visible_to(user)
    if said.email:
        found = people.filter(email=said.email)
    elif said.number:
        called = phoned(said, people)
        found = people.filter(begins_with(said.words) if said.words else Q(), pk__in=called)
    elif said.words and has_rare_letters(said.words):
        found = people.filter(begins_with(said.words))
    else:
        return []
    return list(found.order_by("-pk").values_list("pk", flat=True)[:MOST])


def is_like(contact: CaseContact, other: Customer | CaseContact) -> bool:
    """Same email, phone or name. It proves nothing; a person still decides."""
    return bool(
        (contact.email and contact.email == other.email)
        or (contact.phone and contact.phone == other.phone)
        or contact.name_key == other.name_key
    )


def public_entries(case: Case) -> int:
    """How many its customer can read."""
    return Entry.objects.filter(case=case, visibility=Visibility.PUBLIC).count()
