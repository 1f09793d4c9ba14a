"""Case numbers survive the telephone: a wrong digit is noticed before anyone searches."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from cases import numbers

made = st.builds(
    lambda year, running: numbers.make(year=year, running=running),
    st.integers(2026, 2099),
    st.integers(1, 9_999_999),
)


def code(text: str) -> str | None:
    try:
        numbers.parse(text)
    except ValidationError as error:
        return error.code
    return None


@pytest.mark.requirement("R37")
def test_year_running_number_and_check_digit() -> None:
    number = numbers.make(year=2026, running=123)
    assert number == "260001233"
    assert numbers.grouped(number) == "260 001 233"
    assert numbers.shown(number) == "260\xa0001\xa0233"  # no line break inside


@given(made)
def test_what_is_read_aloud_is_found_again(number: str) -> None:
    assert numbers.parse(numbers.grouped(number)) == number
    assert numbers.parse(numbers.shown(number)) == number
    assert numbers.looks_like(numbers.shown(number))
    assert numbers.parse(f" {number[:3]}-{number[3:]} ") == number


@given(made, st.data())
def test_any_one_wrong_digit_is_noticed(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from("0123456789"))
    assume(wrong != number[place])
    assert code(number[:place] + wrong + number[place + 1 :]) == "case_number_check"


@given(made, st.data())
def test_two_neighbours_swapped_are_noticed(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 2))
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert code(swapped) == "case_number_check"


@pytest.mark.parametrize(
    "text", ["", "12345678", "1234567890123", "26000123a", "٢٦٠٠٠١٢٣٣", "260001233;"]
)
def test_what_cannot_be_a_number_is_said_to_be_none(text: str) -> None:
    assert code(text) == "case_number_format"


@pytest.mark.parametrize("number", ["260001233", "2600012345", "26000123456", "260001234567"])
def test_groups_have_three_or_four_digits(number: str) -> None:
    assert {len(group) for group in numbers.grouped(number).split()} <= {2, 3, 4}
    assert numbers.grouped(number).replace(" ", "") == number


@pytest.mark.parametrize("running", [0, -1, 10**9])
def test_running_numbers_have_bounds(running: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        numbers.make(year=2026, running=running)
