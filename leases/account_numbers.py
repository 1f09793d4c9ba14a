"""Card and bank account numbers in a text, so that none is ever kept. Pure."""

from __future__ import annotations

import re

# Digits with the spaces, points and hyphens people put between them.
_RUN = re.compile(r"\d(?:[ .\-\u00a0\u2010-\u2015]{0,2}\d)+")
_CARD_GROUPS = re.compile(
    r"(\d{4})\D{0,2}(\d{4})\D{0,2}(\d{4})\D{0,2}(\d{4})|(\d{4})\D{0,2}(\d{6})\D{0,2}(\d{5})"
)
_SOLID = re.compile(r"\d+")
CARD_LENGTHS = range(13, 20)
ROUTING_LENGTH = 9
ACCOUNT_LENGTHS = range(5, 18)


def names_an_account(text: str) -> bool:
    """Whether it seems to hold a card number, or a bank's routing number beside an account's."""
    return _has_card(text) or _has_bank_account(text)


def is_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, the check digit of card numbers."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_routing_number(digits: str) -> bool:
    """The check digit of a bank's routing number and the range of its first two digits (ABA)."""
    if len(digits) != ROUTING_LENGTH:
        return False
    first = int(digits[:2])
    if not (first <= 12 or 21 <= first <= 32 or 61 <= first <= 72 or first == 80):
        return False
    weights = (3, 7, 1) * 3
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total > 0 and total % 10 == 0


def _has_card(text: str) -> bool:
    for run in _RUN.findall(text):
        whole = re.sub(r"\D", "", run)
        grouped = ("".join(filter(None, groups)) for groups in _CARD_GROUPS.findall(run))
        if any(len(each) in CARD_LENGTHS and is_luhn(each) for each in (whole, *grouped)):
            return True
    return False


def _has_bank_account(text: str) -> bool:
    runs = _SOLID.findall(text)
    return any(
        is_routing_number(run)
        and any(len(other) in ACCOUNT_LENGTHS for at, other in enumerate(runs) if at != place)
        for place, run in enumerate(runs)
    )
