"""Cases found by what a caller without a lease told us, and whether a lease could be theirs."""

from __future__ import annotations

from cases.enums import Visibility
from cases.models import Case, CaseContact, Entry
from leases.models import Customer


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
