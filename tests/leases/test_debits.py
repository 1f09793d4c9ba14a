from __future__ import annotations

from datetime import date
from decimal import Decimal

from leases.debits import debits, first_in_time
from leases.schedule import ScheduleRow, State

D = Decimal


def row(number: int, day: date, amount: str = "38.46", paid: str = "0") -> ScheduleRow:
    return ScheduleRow(
        number, number, day, D(amount), D(paid), State.UPCOMING, 0, day, D(amount)
    )  # fmt: skip


ROWS = [
    row(1, date(2026, 11, 25), paid="38.46"),
    row(2, date(2026, 12, 2), paid="8.46"),
    row(3, date(2026, 12, 9)),
    row(4, date(2026, 12, 9)),
    row(5, date(2026, 12, 16)),
]


def test_a_charge_is_what_is_left_on_its_day_and_two_of_a_day_are_one() -> None:
    today = date(2026, 11, 20)
    found = debits(ROWS, since=today, lead=3, today=today)
    assert [(each.on.day, each.amount) for each in found] == [
        (2, D("30.00")),
        (9, D("76.92")),
        (16, D("38.46")),
    ]


def test_the_last_day_to_change_counts_business_days_over_thanksgiving() -> None:
    early = debits(ROWS, since=date(2026, 11, 27), lead=3, today=date(2026, 11, 27))
    assert (early[0].on, early[0].last_change_on) == (date(2026, 12, 2), date(2026, 11, 27))
    assert not early[0].on_its_way
    late = debits(ROWS, since=date(2026, 11, 28), lead=3, today=date(2026, 11, 28))
    assert late[0].on_its_way
    assert first_in_time(ROWS, lead=3, today=date(2026, 11, 28)) == date(2026, 12, 9)


def test_only_the_days_between_are_charged() -> None:
    today = date(2026, 11, 20)
    found = debits(ROWS, since=date(2026, 12, 3), until=date(2026, 12, 16), lead=3, today=today)
    assert [each.on.day for each in found] == [9]
    assert first_in_time(ROWS, lead=3, today=date(2026, 12, 16)) is None
