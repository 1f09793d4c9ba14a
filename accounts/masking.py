"""Card and social security numbers in words people type, masked but for their last four digits.

A number counts as a card's if its first digits and its length are those of a card brand, its check
digit is right (ISO/IEC 7812-1) and it is written as cards are: case, account, phone and tracking
numbers pass, and so do sums of money in a row. A social security or taxpayer number counts as one
if it is written in its three groups, or named so just before.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, NamedTuple

from stdnum import luhn

DOT = "•"
_BLANK = r"[ \t\u00a0\u00ad\u2007\u200b\u202f\u2060\ufeff]"  # some of them nobody sees
_DASH = r"[\-\u2010-\u2015\u2212]"
_BREAK = r"\r?\n[> ]{0,3}"  # of a line, maybe in a quotation
_GAP = rf"(?:(?:{_BLANK}|{_DASH}|\.){{0,3}}(?:{_BREAK})?)"
_MAYBE = re.compile(rf"[0-9](?:{_GAP}[0-9]){{8}}")
_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9]){{12,}}(?![0-9])")
_GROUP = re.compile(r"[0-9]+")
#: How the digits of a card are written beside others: in one, or as they stand on it.
_SHAPES = [(4, 4, 4, 4, 3), (4, 4, 4, 4), (4, 6, 5), (4, 6, 4), *((n,) for n in range(13, 20))]
_PARCEL = (4, 4, 4, 4, 4, 2)  # of the postal service; they begin with a 9
_PHONE = (3, 3, 4)
#: What may touch a card number; other letters make a reference of it.
_BEFORE = re.compile(r"(?:^|[\W_]|visa|master ?card|amex|card|tarjeta|number|n[uú]mero)\Z", re.I)
_AFTER = re.compile(r"\Z|[\W_]|exp|cvv|cvc|ven", re.I)
# First digits and lengths of the brands, as they publish them: Visa, Mastercard (twice), American
# Express, Discover, Diners Club, JCB, UnionPay, Maestro.
_BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|62\d{14,17}|(?:5[0678]|6[37])\d{11,17}"
)
# Nobody has 000, 666 or, but for taxpayers without social security, 9xx; nor 00 or 0000.
_AREA, _PAIR, _SERIAL = r"(?!000|666)[0-9]{3}", r"(?!00)[0-9]{2}", r"(?!0000)[0-9]{4}"
_HYPHEN = rf"{_BLANK}?{_DASH}{_BLANK}?(?:{_BREAK})?"
# "150.11 2026" is a sum and a year, "150 11-2026" a number and a month.
_GROUPED = re.compile(
    rf"(?<![0-9A-Za-z]){_AREA}(?:"
    rf"{_HYPHEN}{_PAIR}{_HYPHEN}|{_BLANK}{{1,2}}{_PAIR}{_BLANK}{{1,2}}|\.{_PAIR}\."
    rf"|(?:{_HYPHEN}|{_BLANK}){_PAIR}(?:{_HYPHEN}|{_BLANK})(?!19|20)"
    rf"){_SERIAL}(?![0-9A-Za-z])"
)
# Not a zip code, which is five and four.
_NINE = re.compile(
    rf"(?<![0-9]){_AREA}(?:{_PAIR}|(?:{_BLANK}|{_DASH}|\.){_GAP}{_PAIR}{_GAP}){_SERIAL}(?![0-9A-Za-z])"
)
_NAME = re.compile(
    r"(?<![^\W\d_])(?:n?ssn?|itin|tin|social security|seguro social|s\.s\.?n?|social)"
    r"(?![^\W\d_])(?:\D{0,29}[\W_])?\Z",
    re.IGNORECASE,
)
_NAME_AND_MORE = 48  # characters
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x80, sys.maxunicode + 1)
    if chr(code).isdecimal()
}


class Secret(StrEnum):
    CARD = "card"
    SSN = "ssn"


class Masked(NamedTuple):
    text: str
    found: frozenset[Secret]


def mask(text: str) -> Masked:
    """The same text, each such number with dots for all but its last four digits."""
    plain = text if text.isascii() else text.translate(_DIGITS)
    if not _MAYBE.search(plain):
        return Masked(text, frozenset())
    found: set[Secret] = set()

    def hidden(secret: Secret, number: str) -> str:
        found.add(secret)
        keep = [match.start() for match in re.finditer(r"[0-9]", number)][-4]
        return re.sub(r"[0-9]", DOT, number[:keep]) + number[keep:]

    def cards(match: re.Match[str]) -> str:
        pieces, place = [], 0
        for start, end in _cards(match):
            pieces += [match[0][place:start], hidden(Secret.CARD, match[0][start:end])]
            place = end
        return "".join(pieces) + match[0][place:]

    def named(match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - _NAME_AND_MORE) : match.start()]
        return hidden(Secret.SSN, match[0]) if _NAME.search(before) else match[0]

    plain = _RUN.sub(cards, plain)
    plain = _GROUPED.sub(lambda match: hidden(Secret.SSN, match[0]), plain)
    plain = _NINE.sub(named, plain)
    return Masked(plain if found else text, frozenset(found))


def _cards(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where card numbers stand in a run of digits: groups of it in a card's shape, or all of it."""
    run, text = match[0], match.string
    groups = list(_GROUP.finditer(run))
    if not _BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        groups = groups[1:]
    if not _AFTER.match(text[match.end() : match.end() + 3]):
        groups = groups[:-1]
    lengths = [len(group[0]) for group in groups]
    if groups and _is_whole(run, lengths) and _is_card(groups):
        yield groups[0].start(), groups[-1].end()
        return
    first = 0
    while first < len(groups):
        if groups[first][0][0] == "9" and _begins(lengths, first, _PARCEL):
            first += len(_PARCEL)
            continue
        for shape in _SHAPES:
            some = groups[first : first + len(shape)]
            if _begins(lengths, first, shape) and _is_card(some):
                yield some[0].start(), some[-1].end()
                first += len(shape)
                break
        else:
            first += 1


def _begins(lengths: Sequence[int], first: int, shape: Sequence[int]) -> bool:
    return tuple(lengths[first : first + len(shape)]) == shape


def _is_whole(run: str, lengths: Sequence[int]) -> bool:
    """One number in groups of somebody's own, not a phone's or a case's beside something else."""
    if len(lengths) > 19 or max(lengths) > 8 or set(lengths) == {3} or _begins(lengths, 0, _PHONE):
        return False
    between = {"." if "." in gap else gap.isspace() for gap in _GROUP.split(run)[1:-1]}
    return len(between) == 1


def _is_card(groups: Sequence[re.Match[str]]) -> bool:
    if groups[0].string.count("\n", groups[0].start(), groups[-1].end()) > 1:
        return False  # a column of numbers
    digits = "".join(group[0] for group in groups)
    return bool(_BRANDS.fullmatch(digits)) and luhn.is_valid(digits)


def mask_all(value: Any) -> Any:
    """In every text of a JSON value."""
    if isinstance(value, str):
        return noted(value)
    if isinstance(value, dict):
        return {name: mask_all(each) for name, each in value.items()}
    return [mask_all(each) for each in value] if isinstance(value, list | tuple) else value


# --- whoever wrote it is told -------------------------------------------------------------------
_watched: ContextVar[set[Secret] | None] = ContextVar("watched", default=None)


@contextmanager
def watched() -> Iterator[set[Secret]]:
    """What was masked meanwhile, on its way into the database."""
    found: set[Secret] = set()
    token = _watched.set(found)
    try:
        yield found
    finally:
        _watched.reset(token)


def noted(text: str) -> str:
    masked = mask(text)
    if masked.found and (found := _watched.get()) is not None:
        found |= masked.found
    return masked.text
