"""What someone types into the call bar, taken apart: a number, an address, words. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple
from uuid import UUID

SHORTEST = 2  # letters or digits; fewer would match everyone
LONGEST = 254  # characters of an email address

# What people write or paste around a number.
EXTENSION = re.compile(r"\s*(?:[,;]?\s*(?:ext(?:\.|ensi[oó]n)?|x|#)|[,;])\s*\d{1,6}\s*$", re.I)
_APPLICATION = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_MARKS = re.compile(r"[\s().+-]")


class Said(NamedTuple):
    """`hernandes 1041` is a word and a number: what is found must have both."""

    text: str
    email: str = ""  # or its beginning, in lower case
    application: UUID | None = None
    number: str = ""  # as typed, for it may say the country
    code: str = ""  # letters and digits in one word: `F-2041`
    words: tuple[str, ...] = ()

    @property
    def digits(self) -> str:
        return _MARKS.sub("", self.number)


def plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def understand(text: str) -> Said | None:
    """None for what is too short to mean anything, or too long to be a name or a number."""
    text = plain(text)
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    if at := next((each for each in text.split() if "@" in each), ""):
        return Said(text, email=at.strip("<>,;()\"'").lower())
    if _APPLICATION.fullmatch(text):
        return Said(text, application=UUID(text))
    words: list[str] = []
    numbers: list[str] = []
    codes: list[str] = []
    for each in EXTENSION.sub("", text).split() if _has_digits(text) else text.split():
        letters = any(character.isalpha() for character in each)
        if _has_digits(each):
            (codes if letters else numbers).append(each)
        elif letters:
            words.append(each.strip(",;:"))
    number = " ".join(numbers)
    if codes and not (words or numbers):
        return Said(text, code=codes[0] if len(codes) == 1 else "")
    return Said(text, number=number, words=tuple(words))


def _has_digits(text: str) -> bool:
    return any("0" <= character <= "9" for character in text)
