"""When a customer may be contacted unasked."""

from __future__ import annotations

from django.conf import settings

from leases.availability import Hours, Window, window
from leases.models import Customer


def company_hours() -> Hours:
    return Hours(settings.CONTACT_FROM, settings.CONTACT_TO)


def window_of(customer: Customer) -> Window:
    """The customer's own days and hours, or the company's if none were given."""
    return window(
        customer.available_days,
        customer.available_from,
        customer.available_to,
        customer.time_zone,
        company_hours(),
    )
