"""Finds Social Security and taxpayer numbers: in their three groups, or named just before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accounts.masking.gaps import BLANK, BREAK, DASH, GAP

# Never issued: 000, 666 and 9xx (except taxpayer numbers) in front; 00 or 0000 later.
_AREA, _PAIR, _SERIAL = r"(?!000|666)[0-9]{3}", r"(?!00)[0-9]{2}", r"(?!0000)[0-9]{4}"
_HYPHEN = rf"{BLANK}?{DASH}{BLANK}?(?:{BREAK})?"
# "150.11 2026" is an amount and a year, "150 11-2026" a number and a month.
_GROUPED = re.compile(
    rf"(?<![0-9A-Za-z]){_AREA}(?:"
    rf"{_HYPHEN}{_PAIR}{_HYPHEN}|{BLANK}{{1,2}}{_PAIR}{BLANK}{{1,2}}|\.{_PAIR}\."
    rf"|(?:{_HYPHEN}|{BLANK}){_PAIR}(?:{_HYPHEN}|{BLANK})(?!19|20)"
    rf"){_SERIAL}(?![0-9A-Za-z])"
)
# Not a ZIP code, which has five digits and four.
_NINE = re.compile(
    rf"(?<![0-9]){_AREA}(?:{_PAIR}|(?:{BLANK}|{DASH}|\.){GAP}{_PAIR}{GAP}){_SERIAL}(?![0-9A-Za-z])"
)
_NAME = re.compile(
    r"(?<![^\W\d_])(?:n?ssn?|itin|tin|social security|seguro social|s\.s\.?n?|social)"
    r"(?![^\W\d_])(?:\D{0,29}[\W_])?\Z",
    re.IGNORECASE,
)
_NAME_AND_MORE = 48  # characters


def in_groups(text: str) -> Iterator[tuple[int, int]]:
    for match in _GROUPED.finditer(text):
        yield match.span()


def named(text: str) -> Iterator[tuple[int, int]]:
    for match in _NINE.finditer(text):
        if _NAME.search(text[max(0, match.start() - _NAME_AND_MORE) : match.start()]):
            yield match.span()
