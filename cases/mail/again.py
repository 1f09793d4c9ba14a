"""To whom a mail goes that is sent once more."""

from __future__ import annotations

from cases.mail.hours import customer_of
from cases.mail.render import TEST
from cases.models import Email
from leases.models import Customer


def address_now(email: Email) -> str:
    """The customer's present one; a test's and our own people's as it was."""
    return present_address(email, customer_of(email))


def present_address(email: Email, customer: Customer | None) -> str:
    return email.to if customer is None or email.params.get(TEST) else customer.email
