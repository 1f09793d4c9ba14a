"""Limits what a customer may send in an hour and a day; more must wait, and nothing typed
is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.limits import Limit, give_back, limit, take
from accounts.models import User
from accounts.paces import a_day, an_hour
from common import formats
from leases.models import Customer


@contextmanager
def counted(customer: Customer, *, files: int, now: datetime) -> Iterator[None]:
    """ValidationError `too_many_messages`, with when to go on; refused ones don't count."""
    limits = _limits(customer, files)
    _take(limits, zone=customer.time_zone, now=now)
    try:
        yield
    except BaseException:
        give_back(limits)
        raise


def count_upload(*, by: User, now: datetime) -> None:
    """Counts one file sent ahead of its form, before it's inspected. Each may come twice, for
    example after a lost connection. Raises what `counted` raises; staff may send what they need.
    """
    if by.is_customer:
        limits = [
            limit("customer_upload", "hour", by.pk, an_hour(2 * settings.CUSTOMER_FILES_PER_HOUR)),
            limit("customer_upload", "day", by.pk, a_day(2 * settings.CUSTOMER_FILES_PER_DAY)),
        ]
        _take(limits, zone=by.customer.time_zone, now=now)


def _take(limits: list[Limit], *, zone: str, now: datetime) -> None:
    opens_at = take(limits, now=now)
    if opens_at is not None:
        raise ValidationError(
            _(
                "You’ve sent us a lot in a short time. You can send more after %(time)s. What "
                "you wrote is still here; choose your files again then."
            ),
            code="too_many_messages",
            params={"time": _Moment(opens_at, zone)},
        )


def _limits(customer: Customer, files: int) -> list[Limit]:
    hourly, daily = (
        an_hour(settings.CUSTOMER_MESSAGES_PER_HOUR),
        a_day(settings.CUSTOMER_MESSAGES_PER_DAY),
    )
    limits = [
        limit("customer_message", "hour", customer.pk, hourly),
        limit("customer_message", "day", customer.pk, daily),
    ]
    if files:
        hourly, daily = (
            an_hour(settings.CUSTOMER_FILES_PER_HOUR),
            a_day(settings.CUSTOMER_FILES_PER_DAY),
        )
        limits += [
            limit("customer_file", "hour", customer.pk, hourly, cost=files),
            limit("customer_file", "day", customer.pk, daily, cost=files),
        ]
    return limits


class _Moment:
    """In the reader's language, formatted like the page."""

    def __init__(self, at: datetime, zone: str) -> None:
        self.at = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
        self.zone = zone

    def __str__(self) -> str:
        return formats.moment_in(self.at, self.zone)
