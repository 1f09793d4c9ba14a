"""Mails about the end of a lease's clock: whether they are still true, and when they go out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from leases.enums import LeaseStatus
from leases.lifecycle import ENDED_BY_CLOCK
from leases.mails.base import LeaseParams, day_on_their_clock, instant
from leases.mails.hours import in_company_hours, in_their_hours
from leases.models import Lease
from leases.models.lease import LeaseQuerySet
from mail.models import Email


@dataclass(frozen=True, kw_only=True)
class ExpiringParams(LeaseParams):
    expires_at: datetime

    def words(self) -> dict[str, str]:
        return super().words() | {
            "expires_day": day_on_their_clock(self.expires_at, self.time_zone),
            "expires_at": instant(self.expires_at, self.time_zone),
        }


@dataclass(frozen=True, kw_only=True)
class ExpiredParams(LeaseParams):
    expired_at: datetime

    def words(self) -> dict[str, str]:
        return super().words() | {
            "expired_day": day_on_their_clock(self.expired_at, self.time_zone),
            "expired_at": instant(self.expired_at, self.time_zone),
        }


def expires_so(mail: Email, now: datetime, *, in_statuses: Collection[LeaseStatus]) -> bool:
    """The lease still waits for the deadline that the mail names."""
    deadline = cast(ExpiringParams, mail.said).expires_at
    return (
        _lease_of(mail)
        .filter(status__in=in_statuses, expires_at=deadline, expires_at__gt=now)
        .exists()
    )


def has_expired(mail: Email, now: datetime) -> bool:
    """An approved late report undoes an expiration."""
    return not _lease_of(mail).exclude(status__in=ENDED_BY_CLOCK).exists()


def before_deadline(mail: Email, now: datetime) -> datetime:
    """In the customer's own hours; in the company's if theirs begin after the deadline."""
    opening = in_their_hours(mail, now)
    if opening < cast(ExpiringParams, mail.said).expires_at:
        return opening
    return in_company_hours(mail, now)


def _lease_of(mail: Email) -> LeaseQuerySet:
    return Lease.objects.filter(mails=mail.pk)
