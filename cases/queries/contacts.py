"""Cases found by what a caller without a lease told us, and whether a lease could be theirs."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.db.models.functions import Reverse

from accounts.models import User
from cases.enums import Visibility
from cases.models import Case, CaseContact, Entry
from common.formats import parse_phone
from leases.models import Customer
from leases.queries.find import LAST_DIGITS, LONGEST, SHORTEST
from leases.queries.names import with_name

MOST = 20


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


def is_like(contact: CaseContact, customer: Customer) -> bool:
    """Same email, phone or name. It proves nothing; a person still decides."""
    return bool(
        (contact.email and contact.email == customer.email)
        or (contact.phone and contact.phone == customer.phone)
        or contact.name_key == customer.name_key
    )


def public_entries(case: Case) -> int:
    """How many its customer can read."""
    return Entry.objects.filter(case=case, visibility=Visibility.PUBLIC).count()
