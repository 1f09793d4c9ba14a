"""When a lease expires. Pure: every time is an argument.

A day is a calendar day at the same local time in the business time zone, so a day of 23 or 25 hours
never moves a deadline by an hour. An action is allowed while now < deadline.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from leases.enums import LeaseStatus, Rule
from leases.lifecycle import EXPIRING, UNDER_CONTRACT


class Days(NamedTuple):
    """The company's limits, in calendar days."""

    approval: int = 90
    contracts: int = 60


class Deadline(NamedTuple):
    at: datetime
    status: LeaseStatus  # what the lease becomes at that time
    rule: Rule
    started_at: datetime  # the clock that runs out


def add_days(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """`moment` plus calendar days at the same local time of `zone`, in UTC.

    A local time skipped in spring counts as the time the same distance after the gap; one that
    happens twice in autumn counts as the first.
    """
    local = moment.astimezone(zone) + timedelta(days=days)  # in local time, fold=0
    return local.astimezone(UTC)


def deadline(
    *,
    status: str,
    approved_at: datetime | None,
    contracts_at: datetime | None,
    days: Days,
    zone: ZoneInfo,
) -> Deadline | None:
    """The earlier of both clocks; on a tie, Contracts Expired. None if no clock runs."""
    if LeaseStatus(status) not in EXPIRING or approved_at is None:
        return None
    approval = Deadline(
        add_days(approved_at, days.approval, zone),
        LeaseStatus.APPROVAL_EXPIRED,
        Rule.APPROVAL_AGE,
        approved_at,
    )
    if LeaseStatus(status) not in UNDER_CONTRACT or contracts_at is None:
        return approval
    contracts = Deadline(
        add_days(contracts_at, days.contracts, zone),
        LeaseStatus.CONTRACTS_EXPIRED,
        Rule.CONTRACTS_AGE,
        contracts_at,
    )
    return contracts if contracts.at <= approval.at else approval


def days_left(until: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Calendar days from today to the deadline's day; 0 on the day itself, never negative."""
    return max(0, (until.astimezone(zone).date() - now.astimezone(zone).date()).days)


def elapsed(start: datetime, until: datetime, now: datetime) -> int:
    """How much of a clock has run, in whole percent from 0 to 100."""
    whole = (until - start).total_seconds()
    if whole <= 0:
        return 100
    return max(0, min(100, round(100 * (now - start).total_seconds() / whole)))
