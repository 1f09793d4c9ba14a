"""Finds card numbers in a text.

A number counts if its first digits and length are those of a card brand, its check digit is right
(ISO/IEC 7812-1), and it's grouped like a card number. So case, account, phone and tracking numbers
pass, and so do amounts in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stdnum import luhn

from accounts.masking.gaps import GAP

_RUN = re.compile(rf"(?<![0-9])[0-9](?:{GAP}[0-9]){{12,}}(?![0-9])")
_MASKED = re.compile(rf"•{GAP}\Z")  # what's left of a longer number isn't part of this one
_GROUP = re.compile(r"[0-9]+")
_SIXTEEN = (4, 4, 4, 4)
#: How card digits are grouped: without spaces, or as printed on the card.
_SHAPES = [_SIXTEEN, (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4), *((n,) for n in range(13, 20))]
_PARCEL = (4, 4, 4, 4, 4, 2)  # US postal tracking numbers; they start with a 9
_PHONE = (3, 3, 4)
#: May stand right beside a card number; other letters make it a reference number.
_BEFORE = re.compile(r"(?:^|[\W_]|visa|master ?card|amex|card|tarjeta|number|n[uú]mero)\Z", re.I)
_AFTER = re.compile(r"\Z|[\W_]|exp|cvv|cvc|ven", re.I)
_AMEX = ("34", "37")
# First digits and lengths as the brands publish them: Visa, Mastercard (twice), American Express,
# Discover, Diners Club, JCB, UnionPay, Maestro.
_BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|62\d{14,17}|(?:5[0678]|6[37])\d{11,17}"
)


class Card(NamedTuple):
    start: int
    end: int
    code_length: int  # length of its security code


def card_numbers(text: str) -> Iterator[Card]:
    for run in _RUN.finditer(text):
        for first, last in _cards(run):
            start, end = run.start() + first.start(), run.start() + last.end()
            yield Card(start, end, code_length=4 if text.startswith(_AMEX, start) else 3)


def _cards(match: re.Match[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Card numbers in a run of digits: groups in the shape of a card number, or the whole run."""
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
    """One number in unusual groups, not a phone or case number beside something else."""
    if len(lengths) > 19 or max(lengths) > 8 or set(lengths) == {3} or _begins(lengths, 0, _PHONE):
        return False
    between = {"." if "." in gap else gap.isspace() for gap in _GROUP.split(run)[1:-1]}
    return len(between) == 1


def _has_more(groups: Sequence[re.Match[str]]) -> bool:
    """Sixteen digits plus a security code can also have a valid check digit."""
    is_sixteen = _begins([len(group[0]) for group in groups], 0, _SIXTEEN)
    return is_sixteen and len(groups) == len(_SIXTEEN) + 1 and _is_card(groups[:-1])


def _is_card(groups: Sequence[re.Match[str]]) -> bool:
    if groups[0].string.count("\n", groups[0].start(), groups[-1].end()) > 1:
        return False  # a column of numbers
    digits = "".join(group[0] for group in groups)
    return bool(_BRANDS.fullmatch(digits)) and luhn.is_valid(digits)
