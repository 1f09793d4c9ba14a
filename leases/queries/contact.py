"""When a customer may be contacted unasked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Protocol

from django.conf import settings

from leases.availability import Hours, Window, window


class Reachable(Protocol):
    """A customer, or someone else we may call or write to."""

    @property
    def available_days(self) -> Sequence[str]: ...
    @property
    def available_from(self) -> time | None: ...
    @property
    def available_to(self) -> time | None: ...
    @property
    def time_zone(self) -> str: ...


def company_hours() -> Hours:
    return Hours(settings.CONTACT_FROM, settings.CONTACT_TO)


def window_of(customer: Reachable) -> Window:
    """The customer's own days and hours, or the company's if none were given."""
    return window(
        customer.available_days,
        customer.available_from,
        customer.available_to,
        customer.time_zone,
        company_hours(),
    )
