"""Mails nobody asked for wait for the customer's hours, also when the mail server kept them."""

from __future__ import annotations

from datetime import datetime

from leases.mails.hours import when_open
from leases.models import Customer
from mail.models import Email


def in_their_hours(mail: Email, now: datetime) -> datetime:
    """`now` if the customer may be written to, else the instant from which they may be."""
    customer = Customer.objects.filter(leases__cases__mails=mail.pk).first()
    return when_open(customer, now)
