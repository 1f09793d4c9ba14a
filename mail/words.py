"""What fills a placeholder: text that may have an HTML form and a place of its own. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import Self

from django.utils.html import escape

# Ends of lines, with the marker of the next one if it's an item of a list.
_ENDS = re.compile(r"(\n(?:(?:•|\d{1,2}\.) )?)")


class Place(Enum):
    """How a word is shown if it's alone on its line or follows a label; in a sentence, it's text.

    See mail/outbound/blocks.py.
    """

    LINE = "line"
    LARGE = "large"  # the one figure the mail is about
    CODE = "code"
    TURN = "turn"  # who acts next, and by when
    BUTTON = "button"


class Tone(Enum):
    """The color of a turn."""

    GOOD = "good"
    WARN = "warn"  # the reader acts next
    ACCENT = "accent"  # we do
    BAD = "bad"  # late


class Word(str):
    """Plain text, and how the HTML part shows it: `html` is already escaped."""

    html: str
    place: Place
    tone: Tone
    address: str  # of a button

    def __new__(
        cls,
        text: str,
        html: str | None = None,
        *,
        place: Place = Place.LINE,
        tone: Tone = Tone.ACCENT,
        address: str = "",
    ) -> Self:
        word = super().__new__(cls, text)
        word.html = escape(tidy(text)) if html is None else html
        word.place, word.tone, word.address = place, tone, address
        return word


def link(address: str) -> Word:
    """One of our own addresses. Only these and phone numbers can be clicked in an HTML part.

    Its line is a button, labeled with the line above it.
    """
    return Word(address, _anchor(address, address), place=Place.BUTTON, address=address)


def number_to_call(url: str, number: str) -> Word:
    return Word(number, _anchor(url, number))


def _anchor(address: str, shown: str) -> str:
    return f'<a class="letter-link" href="{escape(address)}">{escape(shown)}</a>'


def large(text: str) -> Word:
    return Word(text, html(text), place=Place.LARGE)


def code(digits: str) -> Word:
    """In two groups, which are easier to type."""
    half = len(digits) // 2
    first, second = digits[:half], digits[half:]
    return Word(
        f"{first} {second}",
        f"{escape(first)}\N{NO-BREAK SPACE}{escape(second)}",
        place=Place.CODE,
    )


def turn(text: str, tone: Tone = Tone.ACCENT) -> Word:
    return Word(text, html(text), place=Place.TURN, tone=tone)


def typed(text: str, *, by_hand: str, spoken: str, reader: str) -> Word:
    """`text` with someone's own words in it; the HTML part marks them if the reader's language is
    another.
    """
    return Word(text) if spoken == reader else _marked(text, by_hand, spoken)


def named(text: str, name: str = "") -> Word:
    """`text` with what someone calls a thing in it (all of it, unless `name` says what).

    No one said in which language that is: an empty `lang` is HTML for "unknown".
    """
    return _marked(text, name or text, "")


def lines(words: Iterable[str]) -> Word:
    shown = list(words)
    return Word("\n".join(shown), "\n".join(html(each) for each in shown))


def _marked(text: str, by_hand: str, language: str) -> Word:
    whole, said = tidy(text), tidy(by_hand)
    if not said:
        return Word(text)
    before, found, after = whole.rpartition(said)
    mark = f'<span lang="{escape(language)}">'
    # One mark for each line: lines become paragraphs and items, and no mark reaches past those.
    pieces = (
        piece if not piece.strip() or _ENDS.fullmatch(piece) else f"{mark}{escape(piece)}</span>"
        for piece in _ENDS.split(found)
    )
    return Word(text, escape(before) + "".join(pieces) + escape(after))


def html(word: str) -> str:
    return word.html if isinstance(word, Word) else escape(tidy(word))


def tidy(text: str) -> str:
    """Nothing invisible except line breaks and tabs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
