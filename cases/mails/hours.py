"""Mails nobody asked for wait for the customer's hours, also when the mail server kept them."""

from __future__ import annotations

from datetime import datetime

from leases.availability import next_open
from leases.models import Customer
from leases.queries.contact import window_of
from mail.models import Email


def in_their_hours(mail: Email, now: datetime) -> datetime:
    """`now` if the customer may be written to, else the instant from which they may be."""
    customer = Customer.objects.filter(leases__cases__mails=mail.pk).first()
    return next_open(window_of(customer), now) if customer else now
