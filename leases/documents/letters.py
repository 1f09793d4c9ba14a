"""Text for the fonts every PDF reader has: they know the letters of Western Europe only."""

from __future__ import annotations

import unicodedata

#: Letters that are no letter and a mark, written as their languages write them abroad.
_NEAREST = str.maketrans({"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "ẞ": "SS", "−": "-"})
_UNKNOWN = "?"


def printable(text: str) -> tuple[str, bool]:
    """The text as it can be printed, and whether every letter is its own."""
    text = unicodedata.normalize("NFC", text)
    whole = True
    letters = []
    for letter in text:
        if letter in "\n\u00a0" or (_is_known(letter) and letter.isprintable()):
            letters.append(letter)
        elif letter.isspace():
            letters.append(" ")
        else:
            nearest = _nearest(letter)
            whole = whole and letter in "−\u00ad\u200b"  # the same to a reader, or nothing
            letters.append(nearest)
    return "".join(letters), whole


def _nearest(letter: str) -> str:
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return ""  # a loose mark or a joiner
    plain = unicodedata.normalize("NFKD", letter).translate(_NEAREST)
    plain = "".join(part for part in plain if not unicodedata.combining(part))
    return plain if plain and _is_known(plain) and plain.isprintable() else _UNKNOWN


def _is_known(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
