"""Finds card and bank account numbers in a text, so that none is ever stored. Pure."""

from __future__ import annotations

import re

from accounts.masking import Secret, mask

_SOLID = re.compile(r"\d+")
ROUTING_LENGTH = 9
ACCOUNT_LENGTHS = range(5, 18)


def names_an_account(text: str) -> bool:
    """A card's number or security code, or a bank's routing number next to an account number."""
    return bool(mask(text).found & {Secret.CARD, Secret.CODE}) or _has_bank_account(text)


def is_routing_number(digits: str) -> bool:
    """Checks a bank routing number's check digit and the range of its first two digits (ABA)."""
    if len(digits) != ROUTING_LENGTH:
        return False
    first = int(digits[:2])
    if not (first <= 12 or 21 <= first <= 32 or 61 <= first <= 72 or first == 80):
        return False
    weights = (3, 7, 1) * 3
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total > 0 and total % 10 == 0


def _has_bank_account(text: str) -> bool:
    runs = _SOLID.findall(text)
    return any(
        is_routing_number(run)
        and any(len(other) in ACCOUNT_LENGTHS for at, other in enumerate(runs) if at != place)
        for place, run in enumerate(runs)
    )
