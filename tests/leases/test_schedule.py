from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases.enums import LedgerKind as K
from leases.enums import Part
from leases.money import ZERO, split
from leases.schedule import State, due_days, standing

FIRST = date(2027, 1, 6)


@dataclass
class Agreed:
    pk: int
    number: int
    due_on: date
    amount: Decimal


@dataclass
class Line:
    pk: int
    kind: str
    amount: Decimal
    effective_on: date
    part: str = Part.RENT
    instalment_id: int | None = None
    reverses_id: int | None = None


class Book:
    """A lease of `count` weekly payments and whatever happens to it."""

    def __init__(self, count: int = 4, total: str = "40.00") -> None:
        days = due_days(FIRST, "weekly", count)
        amounts = split(Decimal(total), count)
        self.agreed = [
            Agreed(n, n, *each) for n, each in enumerate(zip(days, amounts, strict=True), start=1)
        ]
        self.lines: list[Line] = []
        for each in self.agreed:
            self.add(K.CHARGE, each.amount, each.due_on, instalment_id=each.pk)

    def add(self, kind: str, amount: object, on: date, **more: object) -> Line:
        line = Line(len(self.lines) + 1, kind, Decimal(str(amount)), on, **more)  # type: ignore[arg-type]
        self.lines.append(line)
        return line

    def reverse(self, line: Line, today: date) -> None:
        of_schedule = line.part == Part.RENT and line.instalment_id is not None
        self.add(
            K.REVERSAL, -line.amount, line.effective_on if of_schedule else today,
            part=line.part, instalment_id=line.instalment_id, reverses_id=line.pk,
        )  # fmt: skip

    def on(self, today: date):  # type: ignore[no-untyped-def]
        return standing(self.agreed, self.lines, today)


# --- due days ---------------------------------------------------------------------------------


def iso(days: list[date]) -> list[str]:
    return [day.isoformat() for day in days]


def test_weeks_cross_a_leap_day_and_the_change_of_clocks() -> None:
    assert iso(due_days(date(2028, 2, 22), "weekly", 3)) == [
        "2028-02-22", "2028-02-29", "2028-03-07",
    ]  # fmt: skip
    assert iso(due_days(date(2027, 3, 10), "biweekly", 3)) == [
        "2027-03-10", "2027-03-24", "2027-04-07",
    ]  # fmt: skip


def test_months_keep_their_day_or_end_before_it() -> None:
    assert iso(due_days(date(2027, 12, 31), "monthly", 5)) == [
        "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30",
    ]  # fmt: skip
    assert iso(due_days(date(2028, 2, 29), "monthly", 3)) == [
        "2028-02-29", "2028-03-29", "2028-04-29",
    ]  # fmt: skip
    assert due_days(date(2028, 2, 29), "monthly", 13)[-1] == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        ("2027-01-01", ["2027-01-01", "2027-01-16", "2027-02-01", "2027-02-16"]),
        ("2027-01-15", ["2027-01-15", "2027-01-30", "2027-02-15", "2027-02-28", "2027-03-15"]),
        ("2027-01-20", ["2027-01-20", "2027-02-05", "2027-02-20", "2027-03-05"]),
        ("2027-01-31", ["2027-01-31", "2027-02-16", "2027-02-28", "2027-03-16", "2027-03-31"]),
        ("2028-02-29", ["2028-02-29", "2028-03-14", "2028-03-29"]),
    ],
)
def test_twice_a_month(first: str, days: list[str]) -> None:
    assert iso(due_days(date.fromisoformat(first), "semimonthly", len(days))) == days


@given(
    st.dates(date(2026, 1, 1), date(2032, 12, 31)),
    st.sampled_from(["weekly", "biweekly", "semimonthly", "monthly"]),
    st.integers(1, 60),
)
def test_due_days_begin_on_the_first_and_only_go_on(
    first: date, frequency: str, count: int
) -> None:
    days = due_days(first, frequency, count)
    assert days[0] == first
    assert len(days) == count
    assert all(one < other for one, other in itertools.pairwise(days))
    year = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}[frequency]
    if count > year:
        assert 363 <= (days[year] - first).days <= 367


# --- standing ---------------------------------------------------------------------------------


def test_what_has_become_of_each_instalment() -> None:
    book = Book()
    book.add(K.PAYMENT, -15, FIRST)
    now = book.on(FIRST + timedelta(days=17))  # the third was three days ago
    assert [row.state for row in now.rows] == [
        State.PAID, State.OVERDUE, State.OVERDUE, State.UPCOMING,
    ]  # fmt: skip
    assert [row.days_late for row in now.rows] == [0, 10, 3, 0]
    assert [row.left for row in now.rows] == [0, 5, 10, 10]
    assert (now.past_due, now.due_now, now.balance) == (15, 15, 25)
    assert now.next is now.rows[3]
    assert now.cut_off == FIRST + timedelta(weeks=2)
    assert now.paid_count == 1


def test_due_today_is_due_and_not_late() -> None:
    now = Book().on(FIRST)
    assert now.rows[0].state == State.DUE
    assert (now.past_due, now.due_now) == (0, 10)
    assert now.next is now.rows[0]
    assert now.cut_off == FIRST


def test_before_the_first_payment_nothing_is_up_to_a_day() -> None:
    book = Book()
    book.add(K.PAYMENT, -4, FIRST - timedelta(days=3))
    now = book.on(FIRST - timedelta(days=1))
    assert now.rows[0].state == State.PARTLY
    assert now.cut_off is None
    assert now.due_now == 0


def test_twenty_of_fifty_two() -> None:
    book = Book(52, "2000.00")
    for each in book.agreed[:20]:
        book.add(K.PAYMENT, -each.amount, each.due_on)
    now = book.on(book.agreed[19].due_on)
    assert (now.received, now.paid_count, now.arrears) == (Decimal("769.20"), 20, 0)
    assert now.balance == Decimal("1230.80")


def test_a_moved_instalment_is_due_where_it_went_and_back_when_that_is_reversed() -> None:
    book = Book()
    today = FIRST + timedelta(days=1)
    before = book.on(today)
    later = FIRST + timedelta(days=18)
    down = book.add(K.ADJUSTMENT, -10, FIRST, instalment_id=1)
    up = book.add(K.ADJUSTMENT, 10, later, instalment_id=1)
    moved = book.on(today)
    assert [row.number for row in moved.rows] == [2, 3, 1, 4]
    row = moved.rows[2]
    assert (row.due_on, row.agreed_on, row.is_moved, row.left) == (later, FIRST, True, 10)
    assert moved.past_due == 0
    assert moved.balance == before.balance
    for line in (up, down):
        book.reverse(line, today)
    assert book.on(today) == before


def test_one_can_be_moved_to_an_earlier_day() -> None:
    book = Book()
    sooner = FIRST + timedelta(days=10)
    book.add(K.ADJUSTMENT, -10, FIRST + timedelta(weeks=3), instalment_id=4)
    book.add(K.ADJUSTMENT, 10, sooner, instalment_id=4)
    assert [row.number for row in book.on(FIRST).rows] == [1, 2, 4, 3]


def test_a_lifted_instalment_is_no_cut_off_and_not_paid() -> None:
    book = Book()
    book.add(K.ADJUSTMENT, -10, FIRST, instalment_id=1)
    now = book.on(FIRST)
    assert now.rows[0].state == State.LIFTED
    assert now.cut_off is None
    assert now.paid_count == 0


def test_what_is_charged_besides_the_instalments_is_due_and_a_payment_covers_it_first() -> None:
    book = Book()
    extra = book.add(K.ADJUSTMENT, "7.50", FIRST)
    today = FIRST + timedelta(days=1)
    assert book.on(today).past_due == Decimal("17.50")
    book.add(K.PAYMENT, "-7.50", today)
    assert book.on(today).past_due == 10
    book.reverse(extra, today)
    now = book.on(today)
    assert (now.past_due, now.received) == (Decimal("2.50"), Decimal("7.50"))


def test_a_fee_that_was_paid_and_taken_back_pays_the_lease() -> None:
    book = Book()
    fee = book.add(K.FEE, 5, FIRST, part=Part.FEES, instalment_id=1)
    book.add(K.PAYMENT, -5, FIRST, part=Part.FEES)
    assert book.on(FIRST).fees == 0
    book.reverse(fee, FIRST)
    now = book.on(FIRST)
    assert (now.fees, now.received, now.rows[0].left, now.balance) == (0, 5, 5, 35)


PAYMENTS = st.lists(
    st.tuples(st.decimals("0.01", "30.00", places=2), st.integers(0, 60)), max_size=12
)


@st.composite
def books(draw: st.DrawFn) -> tuple[Book, date]:
    book = Book(draw(st.integers(1, 12)), str(draw(st.decimals("1.00", "400.00", places=2))))
    today = FIRST + timedelta(days=draw(st.integers(-3, 100)))
    past = st.integers(0, 90).map(lambda days: today - timedelta(days=days))
    cents = st.decimals("0.01", "60.00", places=2)
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(["payment", "fee", "waiver", "loose", "lower", "reverse"]))
        amount, on = draw(cents), draw(past)
        each = draw(st.sampled_from(book.agreed))
        if kind == "payment":
            book.add(K.PAYMENT, -amount, on, part=draw(st.sampled_from(list(Part))))
        elif kind == "fee":
            book.add(K.FEE, amount, on, part=Part.FEES, instalment_id=each.pk)
        elif kind == "waiver":
            book.add(K.WAIVER, -amount, on, part=Part.FEES, instalment_id=each.pk)
        elif kind == "loose":
            book.add(K.ADJUSTMENT, amount * draw(st.sampled_from([1, -1])), on)
        elif kind == "lower":
            book.add(K.ADJUSTMENT, -min(amount, each.amount), each.due_on, instalment_id=each.pk)
        else:
            line = draw(st.sampled_from(book.lines))
            taken_back = {one.reverses_id for one in book.lines}
            if line.kind not in {K.CHARGE, K.REVERSAL} and line.pk not in taken_back:
                book.reverse(line, today)
    return book, today


@given(books())
def test_the_balance_is_the_sum_of_the_ledger(drawn: tuple[Book, date]) -> None:
    book, today = drawn
    now = book.on(today)
    assert now.balance == sum(line.amount for line in book.lines)
    assert now.arrears == now.past_due + now.fees
    assert min(now.fees, now.past_due) >= 0
    assert now.past_due <= now.due_now
    assert all(0 <= row.paid <= max(row.amount, ZERO) for row in now.rows)


@given(books(), st.randoms(use_true_random=False))
def test_the_order_in_which_lines_arrive_does_not_matter(
    drawn: tuple[Book, date],
    random,  # type: ignore[no-untyped-def]
) -> None:
    book, today = drawn
    before = book.on(today)
    random.shuffle(book.lines)
    assert book.on(today) == before


@given(books(), st.data())
def test_reversing_restores_the_standing_exactly(
    drawn: tuple[Book, date], data: st.DataObject
) -> None:
    book, today = drawn
    before = book.on(today)
    kind = data.draw(st.sampled_from([K.PAYMENT, K.ADJUSTMENT, K.FEE, K.WAIVER]))
    part = Part.FEES if kind in {K.FEE, K.WAIVER} else Part.RENT
    each = data.draw(st.sampled_from([None, *book.agreed])) if kind != K.PAYMENT else None
    on = each.due_on if each and part == Part.RENT else today
    sign = 1 if kind == K.FEE else -1
    amount = sign * data.draw(st.decimals("0.01", "50.00", places=2))
    line = book.add(kind, amount, on, part=part, instalment_id=each.pk if each else None)
    book.reverse(line, today)
    assert book.on(today) == before
