"""Mails nobody asked for wait for the customer's hours, also when the mail server kept them."""

from __future__ import annotations

from datetime import datetime

from cases.enums import TemplateKey
from cases.mail.render import TEST
from cases.models import Email
from common.weekdays import WEEKDAYS
from leases.availability import next_open
from leases.models import Customer
from leases.queries.contact import company_hours, window_of

#: What the clock sends. Everything else answers somebody, who may as well read it now.
UNASKED = frozenset(
    {
        TemplateKey.FOLLOW_UP.value,
        TemplateKey.APPROVAL_EXPIRING.value,
        TemplateKey.APPROVAL_EXPIRED.value,
        TemplateKey.CONTRACTS_EXPIRING.value,
        TemplateKey.CONTRACTS_EXPIRED.value,
        TemplateKey.PROMISE_DUE.value,
        TemplateKey.PROMISE_BROKEN.value,
    }
)
#: Begins the key of a follow-up's mail: it may have the text of any other mail.
FOLLOW_UP = "follow_up:"


def goes_at(mail: Email, now: datetime) -> datetime:
    """`now` if the mail may go, else the instant at which its customer may be written to.

    A warning of what expires before the customer's own hours open keeps to the company's hours.
    """
    is_unasked = mail.template.key in UNASKED or mail.key.startswith(FOLLOW_UP)
    if not is_unasked or mail.params.get(TEST):  # who sends a test waits for it
        return now
    customer = customer_of(mail)
    if customer is None:
        return now
    window = window_of(customer)
    opening = next_open(window, now)
    expires_at = mail.params.get("expires_at")
    if expires_at is None or opening < datetime.fromisoformat(expires_at):
        return opening
    return next_open(window._replace(days=frozenset(WEEKDAYS), hours=company_hours()), now)


def customer_of(mail: Email) -> Customer | None:
    if mail.case_id is not None:
        return Customer.objects.filter(leases__cases=mail.case_id).first()
    number = mail.params.get("account_number")
    return Customer.objects.filter(leases__account_number=number).first() if number else None
