from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases.money import ZERO, cents, is_in_cents, portion, split

AMOUNTS = st.decimals("0.00", "9999999.99", places=2)


def test_two_thousand_in_fifty_two() -> None:
    payments = split(Decimal(2000), 52)
    assert payments == [Decimal("38.46")] * 51 + [Decimal("38.54")]
    assert sum(payments[:20]) == Decimal("769.20")


@given(st.decimals("0.01", "9999999.99", places=2), st.integers(1, 120))
def test_a_split_adds_up_and_no_part_is_below_zero(total: Decimal, count: int) -> None:
    payments = split(total, count)
    assert len(payments) == count
    assert sum(payments) == total
    assert min(payments) >= 0
    assert all(is_in_cents(each) for each in payments)
    assert len(set(payments[:-1])) <= 1


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_portion_loses_no_cent(payment: Decimal, rent_due: Decimal, fees_due: Decimal) -> None:
    rent, fees = portion(payment, rent_due=rent_due, fees_due=fees_due)
    assert rent + fees == payment
    assert rent >= 0
    assert 0 <= fees <= fees_due
    if fees:  # rent that is due comes first
        assert rent >= rent_due


def test_a_payment_is_due_rent_then_fees_then_rent_ahead() -> None:
    due = {"rent_due": Decimal(30), "fees_due": Decimal(5)}
    assert portion(Decimal(20), **due) == (Decimal(20), ZERO)
    assert portion(Decimal(33), **due) == (Decimal(30), Decimal(3))
    assert portion(Decimal(50), **due) == (Decimal(45), Decimal(5))
    assert portion(Decimal(50), rent_due=Decimal(-10), fees_due=ZERO) == (Decimal(50), ZERO)


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        ("38.46", True), ("38.460", True), ("1E+3", True), ("0", True), ("1e40", True),
        ("10.005", False), ("0.0001", False), ("1.0000000000000000000000000000001", False),
        ("NaN", False), ("Infinity", False),
    ],
)  # fmt: skip
def test_parts_of_a_cent_are_told_apart(amount: str, whole: bool) -> None:
    assert is_in_cents(Decimal(amount)) is whole


def test_half_a_cent_goes_up() -> None:
    assert cents(Decimal("0.005")) == Decimal("0.01")
    assert cents(Decimal("2.344999")) == Decimal("2.34")
