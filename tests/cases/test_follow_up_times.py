"""When follow-ups go out: on the customer's days, in their hours, in their time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.enums import FollowUpRule
from cases.follow_up_times import (
    LEAD,
    MOST_BUSINESS_DAYS,
    chosen_day,
    is_over,
    planned,
    put_off,
    today,
)
from common.business_days import is_business_day
from common.weekdays import WEEKDAYS
from leases.availability import Hours, Window, is_open, window

COMPANY = Hours(time(9), time(20))
CHICAGO = "America/Chicago"
EVENINGS = window(["mon", "tue", "wed", "thu", "fri"], time(17), time(20), CHICAGO, COMPANY)
ANY_DAY = window([], None, None, CHICAGO, COMPANY)
NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)  # Wednesday, ten in the morning in Chicago

ON_DAY, SILENT = FollowUpRule.ON_DAY, FollowUpRule.STORE_SILENT
BUSINESS, ENDS = FollowUpRule.BUSINESS_DAYS, FollowUpRule.WINDOW_ENDS


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.requirement("R19")
@pytest.mark.parametrize(
    ("rule", "day", "of", "at"),
    [
        (ON_DAY, "2026-11-20", EVENINGS, "2026-11-20 23:00"),  # Friday, five in the evening
        (SILENT, "2026-11-20", EVENINGS, "2026-11-20 23:00"),
        (ON_DAY, "2026-11-21", EVENINGS, "2026-11-23 23:00"),  # Saturday: Monday
        (ENDS, "2026-11-18", EVENINGS, "2026-11-19 01:00"),  # an hour before eight
        (ENDS, "2026-11-21", EVENINGS, "2026-11-24 01:00"),
        (ON_DAY, "2026-11-18", ANY_DAY, "2026-11-18 16:00"),  # the hours have begun: at once
        (ENDS, "2026-11-18", ANY_DAY, "2026-11-19 01:00"),
        (ON_DAY, "2026-11-19", ANY_DAY, "2026-11-19 15:00"),
    ],
)
def test_a_rule_and_a_day_make_an_instant(rule: str, day: str, of: Window, at: str) -> None:
    goes = planned(rule, date.fromisoformat(day), of, NOW)
    assert goes.at == utc(at)
    assert goes.on == goes.at.astimezone(of.zone).date()


def test_business_days_leave_out_weekends_and_holidays() -> None:
    day = chosen_day(BUSINESS, on=None, days=6, window=EVENINGS, now=NOW)
    assert day == date(2026, 11, 27)  # Thanksgiving is on the 26th


def test_within_the_last_hour_it_goes_at_once() -> None:
    late = utc("2026-11-19 01:40")
    assert planned(ENDS, date(2026, 11, 18), EVENINGS, late).at == late


def test_hours_shorter_than_the_lead_are_used_from_their_start() -> None:
    short = window([], time(17), time(17, 30), CHICAGO, COMPANY)
    assert planned(ENDS, date(2026, 11, 18), short, NOW).at == utc("2026-11-18 23:00")


def test_a_day_is_over_once_its_hours_are() -> None:
    eight = utc("2026-11-19 02:00")  # in the evening of the 18th
    assert is_over(date(2026, 11, 18), EVENINGS, eight)
    assert not is_over(date(2026, 11, 18), EVENINGS, eight - timedelta(seconds=1))
    assert not is_over(date(2026, 11, 19), EVENINGS, eight)


def test_the_clock_change_moves_nothing_by_an_hour() -> None:
    """Daylight saving time begins on March 14 and ends on November 7, 2027."""
    for day, before in ((date(2027, 3, 15), "2027-03-12 12:00"), (date(2027, 11, 8), "2027-11-05")):
        local = planned(ON_DAY, day, EVENINGS, utc(before)).at.astimezone(EVENINGS.zone)
        assert (local.date(), local.time()) == (day, time(17))


ZONES = ["America/Chicago", "America/New_York", "America/Phoenix", "Pacific/Honolulu",
         "America/Puerto_Rico", "America/Anchorage", "America/Havana"]  # fmt: skip
MINUTES = st.integers(0, 24 * 60 - 1)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start, end = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    days = draw(st.sets(st.sampled_from(WEEKDAYS)))
    own = draw(st.booleans())
    at = [time(minute // 60, minute % 60) for minute in (start, end)]
    zone = draw(st.sampled_from(ZONES))
    return window(days, *(at if own else (None, None)), zone, COMPANY)


MOMENTS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    # around the nights in which clocks are changed
    st.builds(
        lambda night, minutes: night + timedelta(minutes=minutes),
        st.sampled_from([utc("2026-11-01 06:00"), utc("2027-03-14 08:00")]),
        st.integers(-48 * 60, 24 * 60),
    ),
)


@pytest.mark.requirement("R19")
@given(
    rule=st.sampled_from(FollowUpRule.values), of=windows(), now=MOMENTS,
    ahead=st.integers(0, 400), days=st.integers(1, MOST_BUSINESS_DAYS),
)  # fmt: skip
def test_whatever_is_chosen_it_goes_in_the_customers_hours_and_never_in_the_past(
    rule: str, of: Window, now: datetime, ahead: int, days: int
) -> None:
    on = today(of, now) + timedelta(days=ahead)
    day = chosen_day(rule, on=on, days=days, window=of, now=now)
    goes = planned(rule, day, of, now)
    assert goes.at >= now
    assert is_open(of, goes.at)
    assert goes.on >= day
    assert goes.on == goes.at.astimezone(of.zone).date()
    if rule == BUSINESS:
        assert is_business_day(day)
    if rule == ENDS:
        end = datetime.combine(goes.on, of.hours.end, of.zone)
        assert goes.at <= end.astimezone(UTC)
    # Asked again at that moment, it is not put off.
    assert put_off(rule, of, goes.at) is None


@pytest.mark.parametrize(("rule", "at"), [(ON_DAY, "2026-11-19 23:00"), (ENDS, "2026-11-20 01:00")])
def test_what_is_put_off_keeps_to_its_rule(rule: str, at: str) -> None:
    """Missed on Wednesday evening, seen on Thursday afternoon."""
    later = put_off(rule, EVENINGS, utc("2026-11-19 20:00"))
    assert later == (utc(at), date(2026, 11, 19))


@given(rule=st.sampled_from(FollowUpRule.values), of=windows(), now=MOMENTS)
def test_what_is_put_off_goes_in_the_customers_hours(rule: str, of: Window, now: datetime) -> None:
    later = put_off(rule, of, now)
    if later is None:
        assert is_open(of, now)
    else:
        assert later.at > now
        assert is_open(of, later.at)
        assert put_off(rule, of, later.at) is None


@given(of=windows(), now=MOMENTS)
def test_before_the_end_is_at_most_the_lead_before_it(of: Window, now: datetime) -> None:
    goes = planned(ENDS, today(of, now), of, now)
    end = datetime.combine(goes.on, of.hours.end, of.zone).astimezone(UTC)
    assert end - goes.at <= LEAD + timedelta(hours=1)  # an hour that autumn repeats
