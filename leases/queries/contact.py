"""When and how a customer may be contacted unasked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Protocol

from django.conf import settings

from common.weekdays import WEEKDAYS
from leases.availability import Hours, Window, window
from leases.contact_wishes import Wishes
from leases.models import Customer


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


def wishes_of(customer: Customer) -> Wishes:
    return Wishes(
        no_calls=customer.no_calls,
        not_at_work=customer.not_at_work,
        at_work=customer.phone_at_work,
        channel=customer.contact_channel,
        days=tuple(day for day in WEEKDAYS if day in customer.available_days),
        start=customer.available_from,
        end=customer.available_to,
    )


def newest_wish(customer: Customer) -> int:
    """The key of what was said last; 0 if nothing was."""
    newest = customer.contact_wishes.order_by("-at", "-pk").values_list("pk", flat=True).first()
    return newest or 0
