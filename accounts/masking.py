"""Card and social security numbers in words people type, masked but for their last four digits.

A number counts as a card's if its first digits and its length are those of a card brand and its
check digit is right (ISO/IEC 7812-1): case, account and tracking numbers pass. A social security or
taxpayer number counts as one if it is written in its three groups, or named so just before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, NamedTuple

from stdnum import luhn

DOT = "•"
_GAP = r"[ .\-\u00a0\u2007\u202f\u2010-\u2015]"
_ALONE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_RUN = re.compile(_ALONE.format(rf"[0-9](?:{_GAP}{{0,2}}[0-9]){{12,}}"))
_GROUP = re.compile(r"[0-9]+")
#: How the digits of a card are written beside others: in one, or as they stand on it.
_SHAPES = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3)} | {(n,) for n in range(13, 20)}
_MOST_GROUPS = max(map(len, _SHAPES))
# First digits and lengths of the brands, as they publish them: Visa, Mastercard (twice), American
# Express, Discover, Diners Club, JCB, UnionPay, Maestro.
_BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|62\d{14,17}|(?:5[0678]|6[37])\d{11,17}"
)
# Nobody has 000, 666 or, but for taxpayers without social security, 9xx; nor 00 or 0000.
_PERSON = r"(?!000|666)[0-9]{{3}}{gap}(?!00)[0-9]{{2}}{gap}(?!0000)[0-9]{{4}}"
_GROUPED = re.compile(_ALONE.format(_PERSON.format(gap=rf"{_GAP}{{1,2}}")))
_NAMED = re.compile(
    r"(?P<name>\b(?:ssn|itin|tin|social security|seguro social|s\.?s\.?n?|social)\b\D{0,30}?)"
    + _ALONE.format(_PERSON.format(gap=rf"{_GAP}{{0,2}}")),
    re.IGNORECASE,
)


class Secret(StrEnum):
    CARD = "card"
    SSN = "ssn"


class Masked(NamedTuple):
    text: str
    found: frozenset[Secret]


def mask(text: str) -> Masked:
    """The same text, each such number with dots for all but its last four digits."""
    found: set[Secret] = set()

    def hide(secret: Secret, number: str) -> str:
        found.add(secret)
        keep = len(number) - len(_last_four(number))
        return re.sub(r"[0-9]", DOT, number[:keep]) + number[keep:]

    def cards(match: re.Match[str]) -> str:
        run = match[0]
        for start, end in _cards(run):
            run = run[:start] + hide(Secret.CARD, run[start:end]) + run[end:]
        return run

    def named(match: re.Match[str]) -> str:
        name = match["name"]
        return name + hide(Secret.SSN, match[0][len(name) :])

    text = _RUN.sub(cards, text)
    text = _GROUPED.sub(lambda match: hide(Secret.SSN, match[0]), text)
    return Masked(_NAMED.sub(named, text), frozenset(found))


def _cards(run: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand in a run of digits: all of it, or groups of it in a card's shape."""
    if _is_card(run):
        yield 0, len(run)
        return
    groups = list(_GROUP.finditer(run))
    first = 0
    while first < len(groups):
        for count in range(_MOST_GROUPS, 0, -1):
            some = groups[first : first + count]
            shape = tuple(len(group[0]) for group in some)
            if len(some) == count and shape in _SHAPES and _is_card("".join(g[0] for g in some)):
                yield some[0].start(), some[-1].end()
                first += count
                break
        else:
            first += 1


def _is_card(number: str) -> bool:
    digits = re.sub(r"[^0-9]", "", number)
    return bool(_BRANDS.fullmatch(digits)) and luhn.is_valid(digits)


def _last_four(number: str) -> str:
    return number[[match.start() for match in re.finditer(r"[0-9]", number)][-4] :]


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
