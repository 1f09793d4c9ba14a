"""Mails no one asked for wait for the customer's hours, even if the mail server held them up."""

from __future__ import annotations

from datetime import datetime

from common.weekdays import WEEKDAYS
from leases.availability import next_open
from leases.models import Customer
from leases.queries.contact import Reachable, company_hours, window_of
from mail.models import Email


def in_their_hours(mail: Email, now: datetime) -> datetime:
    """`now` if the customer may be written to; otherwise the time from which they may be."""
    return when_open(_customer_of(mail), now)


def when_open(customer: Reachable | None, now: datetime) -> datetime:
    return next_open(window_of(customer), now) if customer else now


def in_company_hours(mail: Email, now: datetime) -> datetime:
    customer = _customer_of(mail)
    if customer is None:
        return now
    window = window_of(customer)._replace(days=frozenset(WEEKDAYS), hours=company_hours())
    return next_open(window, now)


def _customer_of(mail: Email) -> Customer | None:
    return Customer.objects.filter(leases__mails=mail.pk).first()
