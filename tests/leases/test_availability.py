"""When customers are contacted: their days, their hours, their time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.weekdays import WEEKDAYS
from leases.availability import Hours, Window, is_open, next_open, window

COMPANY = Hours(time(9), time(20))
CHICAGO = "America/Chicago"


def of(days: str = "", hours: tuple[time, time] | None = None, zone: str = CHICAGO) -> Window:
    start, end = hours or (None, None)
    return window(days.split(), start, end, zone, COMPANY)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


EVENINGS = of("mon tue wed thu fri", (time(17), time(20)))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-18 22:59", "2026-11-18 23:00"),  # Wednesday, a minute to five
        ("2026-11-18 23:00", "2026-11-18 23:00"),
        ("2026-11-19 01:59", "2026-11-19 01:59"),  # Wednesday, a minute to eight
        ("2026-11-19 02:00", "2026-11-19 23:00"),  # the end is not part of it
        ("2026-11-21 02:00", "2026-11-23 23:00"),  # Friday night: Monday
    ],
)
def test_a_customers_own_days_and_hours(moment: str, opens: str) -> None:
    now = utc(moment)
    assert next_open(EVENINGS, now) == utc(opens)
    assert is_open(EVENINGS, now) == (moment == opens)


@pytest.mark.parametrize(
    ("zone", "opens"),
    [
        ("America/New_York", "2026-11-18 14:00"),
        (CHICAGO, "2026-11-18 15:00"),
        ("Pacific/Honolulu", "2026-11-18 19:00"),
    ],
)
def test_nobody_is_written_to_at_night(zone: str, opens: str) -> None:
    night = utc("2026-11-18 09:00")
    anyone = of(zone=zone)
    assert not is_open(anyone, night)
    assert next_open(anyone, night) == utc(opens)


def test_a_sunday_without_named_days_is_a_day() -> None:
    assert is_open(of(), utc("2026-11-22 18:00"))
    assert not is_open(EVENINGS, utc("2026-11-22 23:30"))


@pytest.mark.parametrize(
    ("night", "opens"),
    [
        ("2027-03-13 09:00", "2027-03-13 15:00"),  # CST
        ("2027-03-14 09:00", "2027-03-14 14:00"),  # CDT since two in the morning
        ("2027-11-06 09:00", "2027-11-06 14:00"),
        ("2027-11-07 09:00", "2027-11-07 15:00"),  # CST since two in the morning
    ],
)
def test_nine_stays_nine_when_the_clocks_change(night: str, opens: str) -> None:
    assert next_open(of(), utc(night)) == utc(opens)


def test_an_opening_that_spring_skips() -> None:
    early = of(hours=(time(2, 30), time(5)))
    assert next_open(early, utc("2027-03-14 07:00")) == utc("2027-03-14 08:30")  # 3:30 CDT
    skipped = of("sun", (time(2, 10), time(2, 50)))
    assert next_open(skipped, utc("2027-03-14 07:00")) == utc("2027-03-21 07:10")


def test_an_hour_that_comes_twice_opens_at_its_first() -> None:
    twice = of(hours=(time(1), time(2)))
    assert next_open(twice, utc("2027-11-07 05:00")) == utc("2027-11-07 06:00")  # 1:00 CDT
    assert is_open(twice, utc("2027-11-07 06:59"))
    assert is_open(twice, utc("2027-11-07 07:59"))  # 1:59 CST
    assert not is_open(twice, utc("2027-11-07 08:00"))


@given(
    days=st.sets(st.sampled_from(WEEKDAYS)),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] < pair[1]),
    minutes=st.integers(0, 366 * 24 * 60),
    zone=st.sampled_from([CHICAGO, "America/Phoenix", "America/St_Johns", "Pacific/Honolulu"]),
)
def test_the_next_opening_is_open_and_comes_soon(
    days: set[str], hours: tuple[int, int], minutes: int, zone: str
) -> None:
    now = utc("2027-01-01 00:00") + timedelta(minutes=minutes)
    one = window(days, time(hours[0]), time(hours[1]), zone, COMPANY)
    opens = next_open(one, now)
    assert now <= opens <= now + timedelta(days=8)
    assert is_open(one, opens)
    assert next_open(one, opens) == opens
    if opens > now:
        assert not is_open(one, opens - timedelta(minutes=1)) or hours[0] == 2  # the gap
