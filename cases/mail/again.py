"""To whom a mail goes that is sent once more."""

from __future__ import annotations

from accounts.models import User
from cases.mail.hours import customer_of
from cases.models import Email


def address_now(email: Email) -> str:
    """The customer's registered address where the mail's own is nobody's any more."""
    if User.objects.filter(email__iexact=email.to).exists():
        return email.to
    customer = customer_of(email)
    return customer.email if customer else email.to
