"""Masks what no one may store of a card or a person in typed text. Pure.

Card and Social Security numbers keep their last four digits. A security code keeps nothing,
wherever it's named or beside a card number. An expiration date keeps nothing if its card number is
in the same text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from accounts.masking.card_details import expirations, security_codes
from accounts.masking.card_numbers import card_numbers
from accounts.masking.gaps import GAP
from accounts.masking.social_security import in_groups, named

DOT = "•"
KEPT = 4  # digits of a number
_LONG = re.compile(rf"[0-9](?:{GAP}[0-9]){{8}}")
_SHORT = re.compile(r"[0-9](?:[ -]?[0-9]){2}")
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x80, sys.maxunicode + 1)
    if chr(code).isdecimal()
}


class Secret(StrEnum):
    CARD = "card"
    CODE = "code"
    EXPIRATION = "expiration"
    SSN = "ssn"


class Masked(NamedTuple):
    text: str
    found: frozenset[Secret]


def mask(text: str) -> Masked:
    """The same text at the same length, with dots for digits that aren't kept."""
    plain = text if text.isascii() else text.translate(_DIGITS)
    if not _SHORT.search(plain):
        return Masked(text, frozenset())
    words = _Words(plain)
    cards = []
    if _LONG.search(plain):
        cards = list(card_numbers(plain))
        words.hide(Secret.CARD, [card[:2] for card in cards], keep=KEPT)
        words.hide(Secret.SSN, in_groups(words.text), keep=KEPT)
        words.hide(Secret.SSN, named(words.text), keep=KEPT)
    words.hide(Secret.CODE, security_codes(words.text, cards))
    if cards:
        words.hide(Secret.EXPIRATION, expirations(words.text, cards))
    return Masked(words.text if words.found else text, frozenset(words.found))


class _Words:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: set[Secret] = set()

    def hide(self, secret: Secret, spans: Iterable[tuple[int, int]], *, keep: int = 0) -> None:
        pieces, place = [], 0
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            digits = [match.start() for match in re.finditer(r"[0-9]", self.text[start:end])]
            if start < place or not digits:  # the longest of those that start alike
                continue
            stays = start + digits[-keep] if keep else end
            pieces += [self.text[place:start], re.sub(r"[0-9]", DOT, self.text[start:stays])]
            place = stays
            self.found.add(secret)
        self.text = "".join([*pieces, self.text[place:]])
