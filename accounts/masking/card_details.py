"""Finds card security codes and expiration dates in a text.

A code counts wherever it's named, because no one may store it (PCI DSS 3.3), and unnamed right
after a card number. A date counts only beside a card number: other things expire too. Amounts,
dates, phone numbers and house numbers are recognized and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from accounts.masking.card_numbers import Card
from accounts.masking.card_words import (
    BETWEEN,
    CODE,
    COUNTED,
    EXPIRES,
    MAYBE_CODE,
    MONTH_NAME,
    STREET,
    WORD_ENDS,
    words,
)
from accounts.masking.gaps import BLANK, BREAK, DASH

# --- a code with its name ------------------------------------------------------------------------
_DIGITS = r"(?:[0-9]{3,4}|[0-9](?: [0-9]){2,3}|[0-9](?:-[0-9]){2,3})"
_SPACE = rf"(?:{BLANK}|{DASH})"
_REST_OF_PHONE = rf"\)?{_SPACE}{{0,2}}[0-9]{{3}}{_SPACE}[0-9]{{4}}"
#: Not the start of an amount, a date, a phone number or another number.
_NO_MORE = rf"(?![0-9]|[.,:][0-9]|{DASH}[0-9]{{3}}|{DASH}[0-9]{{2}}{DASH}[0-9]|{_REST_OF_PHONE})"
_AFTER_NAME = rf"{BETWEEN}(?<![0-9])(?P<code>{_DIGITS}){_NO_MORE}"
_BEFORE_NAME = (
    rf"(?<![\w$.,/:#•\-])(?P<before>(?!(?:19|20)[0-9]{{2}}){_DIGITS})"
    rf"(?:{BLANK}|=|{words('is', 'es', 'the', 'my', 'el', 'de')}){{1,6}}"
    rf"(?:\({CODE}\)|{CODE})(?![0-9]){WORD_ENDS}(?!{BETWEEN}(?:{_DIGITS}|•))"
)
_CODE = re.compile(rf"{CODE}{_AFTER_NAME}|{_BEFORE_NAME}", re.I)
_MAYBE_CODE = re.compile(rf"{MAYBE_CODE}{_AFTER_NAME}", re.I)

# --- a date, with its name or beside a card or a code --------------------------------------------
_BESIDE = rf"(?:{BLANK}|{DASH}|[,;:/|().]){{0,4}}(?:{BREAK})?{BLANK}{{0,2}}"
_SLASH = rf"{BLANK}?(?:[/.]|{DASH}){BLANK}?"
_MONTH, _YEAR = r"(?:0?[1-9]|1[0-2])", r"(?:20)?[2-5][0-9]"
_DATE = (
    rf"(?:{_MONTH}(?:{_SLASH}|{BLANK}){_YEAR}|(?:0[1-9]|1[0-2])[2-5][0-9]"
    rf"|20[2-5][0-9]{_SLASH}{_MONTH}|{MONTH_NAME}[., ]{{0,2}}(?:(?:de|del|of) )?{_YEAR})"
    rf"(?![0-9]|(?:[/.,:]|{DASH})[0-9])"
)
_NAMED_DATE = re.compile(
    rf"{EXPIRES}{BETWEEN}(?<![0-9])(?P<date>{_DATE})"
    rf"|(?<![0-9/.\-])(?P<before>{_DATE}){_BESIDE}{CODE}"
    rf"|(?<!•)•{{3,4}}{_BESIDE}(?P<after>{_DATE})",
    re.I,
)
_UNNAMED_DATE = re.compile(rf"{_BESIDE}(?:•{{3,4}}{_BESIDE})?(?P<date>{_DATE})", re.I)

# --- a code without a name -----------------------------------------------------------------------
_ALONE = (
    rf"(?!{_REST_OF_PHONE}|[0-9A-Za-z]|[.,:/][0-9]|{DASH}[0-9]|(?:{BLANK}|\.)[0-9•]"
    rf"|{BLANK}{{1,2}}(?i:{COUNTED}){WORD_ENDS}|{BLANK}{{1,2}}{STREET})"
)
_UNNAMED_CODE = {
    length: re.compile(
        rf"{_BESIDE}(?:(?i:{_DATE}){_BESIDE})?(?P<code>[0-9]{{{length}}})"
        rf"(?:(?={_BESIDE}(?i:{_DATE}))|{_ALONE})"
    )
    for length in (3, 4)
}
_DATED_CODE = re.compile(
    rf"(?i:{EXPIRES}{BETWEEN})(?<![0-9])(?i:{_DATE}){_BESIDE}(?P<code>[0-9]{{3,4}}){_ALONE}"
)


def security_codes(text: str, cards: Iterable[Card]) -> Iterator[tuple[int, int]]:
    """`cards`: the card numbers of the same text, whose digits may already be dots."""
    yield from _found(_CODE, text)
    has_card = False
    for card in cards:
        has_card = True
        if match := _UNNAMED_CODE[card.code_length].match(text, card.end):
            yield match.span("code")
    if has_card:
        yield from _found(_MAYBE_CODE, text)
        yield from _found(_DATED_CODE, text)


def expirations(text: str, cards: Iterable[Card]) -> Iterator[tuple[int, int]]:
    """In a text whose security codes are already dots."""
    for card in cards:
        if match := _UNNAMED_DATE.match(text, card.end):
            yield match.span("date")
    yield from _found(_NAMED_DATE, text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        yield match.span(match.lastgroup or 0)
