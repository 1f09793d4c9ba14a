from __future__ import annotations

import pytest

from leases.account_numbers import is_routing_number, names_an_account

# Published test numbers, no real accounts.
CARD = "4111111111111111"


@pytest.mark.requirement("R28")
@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "tarjeta 4111 1111 1111 1111 vence 12/27",
        "4111-1111-1111-1111",
        "4111 1111 1111 1111 12 27",
        "amex 3782 822463 10005",
        "routing 021000021 account 9876543210",
        "Cuenta: 00123456, ruta: 121000248.",
    ],
)
def test_a_card_or_a_bank_account_is_noticed(text: str) -> None:
    assert names_an_account(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Calls from (210) 555-0134 after 5",
        "Account 104477312, case 260 000 008",
        "021000021",  # a routing number alone leads to no one
        "4111 1111 1111 1112",  # no card has it
        "On 2026-11-25 $38.46, on 2026-12-02 $38.46",
        "Tracking 9400110200881234567890",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert not names_an_account(text)


def test_days_and_phone_numbers_are_no_cards() -> None:
    """One in ten has a card's check digit."""
    for day in range(10, 29):
        assert not names_an_account(f"Moved: 2026-11-{day} 2026-12-{day}, (305) 555-01{day} 2026")


def test_check_digits() -> None:
    assert is_routing_number("021000021")
    assert not is_routing_number("021000022")
    assert not is_routing_number("451000021")  # no such district
    assert not is_routing_number("000000000")
