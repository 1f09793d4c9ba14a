"""Numbers nobody should keep are told from numbers we need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from accounts.masking import Secret, mask, mask_all, watched

CARDS = {
    "4111 1111 1111 1111": "•••• •••• •••• 1111",
    "4111-1111-1111-1111": "••••-••••-••••-1111",
    "4111111111111111": "••••••••••••1111",
    "4111.1111.1111.1111": "••••.••••.••••.1111",
    "4111\u00a01111\u00a01111\u00a01111": "••••\u00a0••••\u00a0••••\u00a01111",
    "5555 5555 5555 4444": "•••• •••• •••• 4444",
    "2223 0000 4841 0010": "•••• •••• •••• 0010",
    "3782 822463 10005": "•••• •••••• •0005",
    "6011 1111 1111 1117": "•••• •••• •••• 1117",
    "3056 930902 5904": "•••• •••••• 5904",
    "3530 1113 3330 0000": "•••• •••• •••• 0000",
    "6200 0000 0000 0005": "•••• •••• •••• 0005",
}
SSNS = {
    "123-45-6789": "•••-••-6789",
    "123 45 6789": "••• •• 6789",
    "123‑45‑6789": "•••‑••‑6789",
    "912-70-1234": "•••-••-1234",
    "SSN 123456789": "SSN •••••6789",
    "mi seguro social es 123456789": "mi seguro social es •••••6789",
    "My social is: 123456789": "My social is: •••••6789",
    "ITIN: 912701234": "ITIN: •••••1234",
}


@pytest.mark.parametrize(("typed", "kept"), CARDS.items())
def test_a_card_keeps_its_last_four(typed: str, kept: str) -> None:
    text = f"Pagué con la {typed}, y luego nada."
    assert mask(text) == (f"Pagué con la {kept}, y luego nada.", {Secret.CARD})


@pytest.mark.parametrize(("typed", "kept"), SSNS.items())
def test_a_social_security_number_keeps_its_last_four(typed: str, kept: str) -> None:
    assert mask(f"({typed})") == (f"({kept})", {Secret.SSN})


@pytest.mark.parametrize("around", ["{} 123", "0 {} 12", "{} 04 29", "260 001 233 {}", "{} {}"])
@pytest.mark.parametrize("card", ["4111111111111111", "4111 1111 1111 1111", "3782 822463 10005"])
def test_other_numbers_beside_it_hide_no_card(around: str, card: str) -> None:
    assert card not in mask(around.replace("{}", card)).text


def test_both_in_one_text_and_twice() -> None:
    found = mask("4111111111111111, 123-45-6789; 5555555555554444")
    assert found == ("••••••••••••1111, •••-••-6789; ••••••••••••4444", {Secret.CARD, Secret.SSN})


@pytest.mark.parametrize(
    "text",
    [
        "Caso 260 001 233", "260001233", "cuenta 104477312", "(210) 555-0134", "+1 210 555 0134",
        "4111 1111 1111 1112",  # its check digit is wrong
        "1234567812345670",  # right, but of no brand
        "9400 1000 0000 0000 0000 00",  # a parcel
        "1Z 999 AA1 01 2345 6784", "000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000",
        "$1,234.56 el 4/3/2026", "ZIP 78201-1234", "ref4111111111111111x",
        "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "social media 12 posts", "",
    ],
)  # fmt: skip
def test_what_is_needed_stays(text: str) -> None:
    assert mask(text) == (text, frozenset())


@given(st.text(max_size=80), st.integers(10**14, 10**15 - 1), st.text(max_size=80))
def test_no_visa_card_gets_through(before: str, number: int, after: str) -> None:
    digits = f"4{number % 10**14:014d}"
    card = digits + luhn.calc_check_digit(digits)
    assert card not in mask(f"{before} {card} {after}").text


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once
    assert len(once) == len(text)


def test_every_text_of_a_json_value() -> None:
    typed = {"summary": "4111111111111111", "more": ["123-45-6789", 5, None, {"a": "b"}]}
    with watched() as found:
        kept = mask_all(typed)
    assert kept == {"summary": "••••••••••••1111", "more": ["•••-••-6789", 5, None, {"a": "b"}]}
    assert found == {Secret.CARD, Secret.SSN}
