"""Where card numbers stand in a text.

A number counts as a card's if its first digits and its length are those of a card brand, its check
digit is right (ISO/IEC 7812-1) and it is written as cards are: case, account, phone and tracking
numbers pass, and so do sums of money in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stdnum import luhn

from accounts.masking.gaps import GAP

_RUN = re.compile(rf"(?<![0-9])[0-9](?:{GAP}[0-9]){{12,}}(?![0-9])")
_MASKED = re.compile(rf"•{GAP}\Z")  # what is left of another number is no part of this one
_GROUP = re.compile(r"[0-9]+")
_SIXTEEN = (4, 4, 4, 4)
#: How the digits of a card are written beside others: in one, or as they stand on it.
_SHAPES = [_SIXTEEN, (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4), *((n,) for n in range(13, 20))]
_PARCEL = (4, 4, 4, 4, 4, 2)  # of the postal service; they begin with a 9
_PHONE = (3, 3, 4)
#: What may touch a card number; other letters make a reference of it.
_BEFORE = re.compile(r"(?:^|[\W_]|visa|master ?card|amex|card|tarjeta|number|n[uú]mero)\Z", re.I)
_AFTER = re.compile(r"\Z|[\W_]|exp|cvv|cvc|ven", re.I)
_AMEX = ("34", "37")
# First digits and lengths of the brands, as they publish them: Visa, Mastercard (twice), American
# Express, Discover, Diners Club, JCB, UnionPay, Maestro.
_BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|62\d{14,17}|(?:5[0678]|6[37])\d{11,17}"
)


class Card(NamedTuple):
    start: int
    end: int
    code_length: int  # of its security code: how many digits stand on the card


def card_numbers(text: str) -> Iterator[Card]:
    for run in _RUN.finditer(text):
        for first, last in _cards(run):
            start, end = run.start() + first.start(), run.start() + last.end()
            yield Card(start, end, code_length=4 if text.startswith(_AMEX, start) else 3)


def _cards(match: re.Match[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Where card numbers stand in a run of digits: groups of it in a card's shape, or all of it."""
    run, text = match[0], match.string
    groups = list(_GROUP.finditer(run))
    before = text[max(0, match.start() - 12) : match.start()]
    if not _BEFORE.search(before) or _MASKED.search(before):
        groups = groups[1:]
    if not _AFTER.match(text[match.end() : match.end() + 3]):
        groups = groups[:-1]
    lengths = [len(group[0]) for group in groups]
    if groups and _is_whole(run, lengths) and _is_card(groups) and not _has_more(groups):
        yield groups[0], groups[-1]
        return
    first = 0
    while first < len(groups):
        if groups[first][0][0] == "9" and _begins(lengths, first, _PARCEL):
            first += len(_PARCEL)
            continue
        for shape in _SHAPES:
            some = groups[first : first + len(shape)]
            if _begins(lengths, first, shape) and _is_card(some):
                yield some[0], some[-1]
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


def _has_more(groups: Sequence[re.Match[str]]) -> bool:
    """One of sixteen digits and its security code, which together may have a right check digit."""
    is_sixteen = _begins([len(group[0]) for group in groups], 0, _SIXTEEN)
    return is_sixteen and len(groups) == len(_SIXTEEN) + 1 and _is_card(groups[:-1])


def _is_card(groups: Sequence[re.Match[str]]) -> bool:
    if groups[0].string.count("\n", groups[0].start(), groups[-1].end()) > 1:
        return False  # a column of numbers
    digits = "".join(group[0] for group in groups)
    return bool(_BRANDS.fullmatch(digits)) and luhn.is_valid(digits)
