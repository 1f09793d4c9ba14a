"""What fills a placeholder: text that may have its own HTML form. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Self

from django.utils.html import escape


class Word(str):
    """Plain text, and how the HTML part shows it: `html` is already escaped."""

    html: str

    def __new__(cls, text: str, html: str | None = None) -> Self:
        word = super().__new__(cls, text)
        word.html = escape(tidy(text)) if html is None else html
        return word


def link(address: str, shown: str = "") -> Word:
    """An address or a number of our own: only these are links in the HTML part."""
    words = shown or address
    return Word(words, f'<a href="{escape(address)}">{escape(words)}</a>')


def typed(text: str, *, by_hand: str, spoken: str, reader: str) -> Word:
    """`text` with someone's own words in it; the HTML part marks them if the reader's language is
    another.
    """
    whole, said = tidy(text), tidy(by_hand)
    if not said or spoken == reader:
        return Word(text)
    before, found, after = whole.rpartition(said)
    mark = f'<span lang="{escape(spoken)}">'
    # One mark for each paragraph: a mark can't reach past the end of one.
    pieces = (
        f"{mark}{escape(piece)}</span>" if piece.strip() else piece
        for piece in re.split(r"(\n\n+)", found)
    )
    return Word(text, escape(before) + "".join(pieces) + escape(after))


def html(word: str) -> str:
    return word.html if isinstance(word, Word) else escape(tidy(word))


def tidy(text: str) -> str:
    """Nothing invisible except line breaks and tabs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
