"""Text for the fonts of our PDFs: every script people's names come in, except Chinese and Japanese
characters and Korean, whose fonts are ten times as large.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

from common.accents import without_accents

FONTS = Path(str(files("manimgx_fonts")))
_UNKNOWN = "?"
_NOTHING = "\u00ad\u200b\ufe0e\ufe0f"  # where a word may break, how an emoji is drawn
_JOINERS = "\u200c\u200d"  # change the form of the letters next to them


def printable(text: str) -> tuple[str, bool]:
    """The text as it can be printed, and whether every letter has a glyph.

    A letter and its marks come from one font: a mark that only other fonts have is left out.
    """
    fonts_of = _fonts_of()
    whole = True
    letters: list[str] = []
    fonts: frozenset[str] = frozenset()  # the font of the letter before
    for letter in unicodedata.normalize("NFC", text):
        is_mark = unicodedata.category(letter).startswith("M")
        its = fonts_of.get(letter, frozenset())
        fonts = fonts & its if is_mark else its
        if fonts or letter in "\n\u00a0":
            letters.append(letter)
        elif letter.isspace():
            letters.append(" ")
        else:
            whole = whole and letter in _NOTHING
            letters.append("" if is_mark else _nearest(letter))
    return "".join(letters), whole


def _nearest(letter: str) -> str:
    if unicodedata.category(letter) == "Cf":
        return ""  # a sign for machines
    plain = without_accents(letter)
    return plain if plain and _fonts_of().keys() >= set(plain) else _UNKNOWN


@cache
def _fonts_of() -> dict[str, frozenset[str]]:
    """Which fonts have a glyph for a letter."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            for letter in map(chr, font.getBestCmap()):
                if letter.isprintable() or letter in _JOINERS:
                    found[letter].add(path.name)
    return {letter: frozenset(names) for letter, names in found.items()}
