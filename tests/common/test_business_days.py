from __future__ import annotations

from datetime import date

import pytest

from common.business_days import add_business_days, is_business_day, subtract_business_days

THANKSGIVING = date(2026, 11, 26)


def test_weekends_and_federal_holidays_are_no_business_days() -> None:
    assert is_business_day(date(2026, 11, 25))
    assert not is_business_day(THANKSGIVING)
    assert is_business_day(date(2026, 11, 27))  # the Friday after is no federal holiday
    assert not is_business_day(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 7, 3), "4 July 2026 is a Saturday: observed on Friday"),
        (date(2027, 7, 5), "4 July 2027 is a Sunday: observed on Monday"),
        (date(2027, 12, 31), "New Year 2028 is a Saturday: observed in the year before"),
        (date(2027, 1, 1), "New Year"),
    ],
)
def test_a_holiday_on_a_weekend_takes_the_day_beside_it(day: date, why: str) -> None:
    assert not is_business_day(day), why


@pytest.mark.parametrize(
    ("before", "count", "after"),
    [
        (date(2026, 11, 23), 3, date(2026, 11, 27)),  # over Thanksgiving
        (date(2026, 7, 1), 3, date(2026, 7, 7)),  # Thursday, then the 6th and 7th
        (date(2026, 12, 30), 3, date(2027, 1, 5)),  # over New Year and a weekend
    ],
)
def test_counting_passes_over_weekends_and_holidays_both_ways(
    before: date, count: int, after: date
) -> None:
    assert add_business_days(before, count) == after
    assert subtract_business_days(after, count) == before


def test_no_days_is_the_day_itself_and_a_negative_count_an_error() -> None:
    assert add_business_days(THANKSGIVING, 0) == THANKSGIVING
    with pytest.raises(ValueError, match="negative"):
        subtract_business_days(THANKSGIVING, -1)
