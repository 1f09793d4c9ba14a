"""Days are calendar days at the same local time in the business time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases.clocks import Days, add_days, days_left, deadline, elapsed
from leases.enums import LeaseStatus as S
from leases.enums import Rule

CHICAGO = ZoneInfo("America/Chicago")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHICAGO)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (local(2027, 3, 13, 10), 1, local(2027, 3, 14, 10)),  # 23 hours
        (local(2027, 11, 6, 10), 1, local(2027, 11, 7, 10)),  # 25 hours
        (local(2027, 3, 13, 2, 30), 1, local(2027, 3, 14, 3, 30)),  # half past two is skipped
        (local(2027, 11, 6, 1, 30), 1, local(2027, 11, 7, 1, 30)),  # happens twice: the first
        (local(2028, 2, 28, 9), 1, local(2028, 2, 29, 9)),
        (local(2027, 2, 28, 9), 1, local(2027, 3, 1, 9)),
        (local(2026, 12, 1, 23, 59), 90, local(2027, 3, 1, 23, 59)),
    ],
)
def test_a_day_ends_at_the_same_time_on_the_clock(
    start: datetime, days: int, end: datetime
) -> None:
    # As the database returns it, in UTC, where a day always has 24 hours.
    assert add_days(start.astimezone(UTC), days, CHICAGO) == end.astimezone(UTC)


@pytest.mark.requirement("R65", "R66", "R68")
@pytest.mark.parametrize(
    ("invoiced_after", "status", "after_approval"),
    [
        (0, S.CONTRACTS_EXPIRED, 60),
        (29, S.CONTRACTS_EXPIRED, 89),
        (30, S.CONTRACTS_EXPIRED, 90),  # a tie
        (31, S.APPROVAL_EXPIRED, 90),
        (89, S.APPROVAL_EXPIRED, 90),
    ],
)
@pytest.mark.parametrize("current", [S.CONTRACTS, S.CONTRACTS_RECEIVED, S.LEASE_ACCEPTED])
def test_the_earlier_clock_names_the_status(
    invoiced_after: int, status: S, after_approval: int, current: S
) -> None:
    approved = local(2026, 6, 1, 9).astimezone(UTC)
    found = deadline(
        status=current,
        approved_at=approved,
        contracts_at=add_days(approved, invoiced_after, CHICAGO),
        days=Days(),
        zone=CHICAGO,
    )
    assert found is not None
    assert (found.status, found.at) == (status, add_days(approved, after_approval, CHICAGO))
    assert found.rule == (
        Rule.CONTRACTS_AGE if status == S.CONTRACTS_EXPIRED else Rule.APPROVAL_AGE
    )


@pytest.mark.parametrize(
    "status",
    [
        S.PRE_APPROVED,
        S.PREQUALIFIED,
        S.DENIED,
        S.PENDING,
        S.IN_PROCESS,
        S.FUNDED,
        S.APPROVAL_EXPIRED,
    ],
)
def test_other_statuses_have_no_deadline(status: S) -> None:
    now = local(2026, 6, 1, 9)
    assert (
        deadline(status=status, approved_at=now, contracts_at=now, days=Days(), zone=CHICAGO)
        is None
    )


def test_days_left_counts_calendar_days() -> None:
    until = local(2026, 6, 10, 9)
    assert days_left(until, local(2026, 6, 9, 23), CHICAGO) == 1
    assert days_left(until, local(2026, 6, 10, 8), CHICAGO) == 0
    assert days_left(until, local(2026, 6, 20, 8), CHICAGO) == 0


@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    days=st.integers(0, 400),
)
def test_a_deadline_is_never_an_hour_off(start: datetime, days: int) -> None:
    end = add_days(start, days, CHICAGO)
    assert abs(end - start - timedelta(days=days)) <= timedelta(hours=1)
    assert end >= start


@given(st.integers(-10, 110))
def test_elapsed_stays_between_0_and_100(percent: int) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    whole = timedelta(days=100)
    assert elapsed(start, start + whole, start + whole * percent / 100) == max(0, min(100, percent))
