"""A piece of a text around the words that were found, and where to mark them. Pure.

Which words of the text are meant is the database's to say (queries/search_marks.py): it knows the
stems. Here are only words, where they stand, and what to show of a long text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from common.accents import without_accents

WIDTH = 220  # characters of a text that are shown
BEFORE = 70  # of them before the first found word
READ = 20_000  # characters of a text that are looked at
_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")


class Piece(NamedTuple):
    text: str
    is_marked: bool = False


class Word(NamedTuple):
    plain: str
    start: int
    end: int


def plain(word: str) -> str:
    return without_accents(word).lower()


def words_in(text: str) -> list[Word]:
    return [Word(plain(each[0]), *each.span()) for each in _WORD.finditer(text[:READ])]


def may_match(asked: str, word: str) -> bool:
    """Stems only change how a word ends; asking the database about every word would be slow."""
    return asked[:2] == word[:2]


def snippet(
    text: str, phrases: Iterable[Sequence[str]], means: Mapping[str, set[str]]
) -> list[Piece]:
    """`phrases`: the words of each term; `means`: the words of the text that each of them finds."""
    text = _SPACES.sub(" ", text[:READ]).strip()
    spans = _spans(words_in(text), phrases, means)
    start, end = _window(text, spans)
    pieces = [Piece("… ")] if start else []
    at = start
    for begin, stop in spans:
        if begin < at or stop > end:
            continue
        pieces += [Piece(text[at:begin]), Piece(text[begin:stop], is_marked=True)]
        at = stop
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]


def _spans(
    found: Sequence[Word], phrases: Iterable[Sequence[str]], means: Mapping[str, set[str]]
) -> list[tuple[int, int]]:
    spans = set()
    for phrase in phrases:
        for at in range(len(found) - len(phrase) + 1):
            there = found[at : at + len(phrase)]
            if all(
                word.plain in means.get(asked, ())
                for asked, word in zip(phrase, there, strict=True)
            ):
                spans.add((there[0].start, there[-1].end))
    return sorted(spans)


def _window(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Whole words, with the first found one not far from the beginning."""
    if len(text) <= WIDTH:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - BEFORE, len(text) - WIDTH))
    if start:
        start = min(text.find(" ", start) + 1 or first, first)
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else 0) or end
    return start, max(end, start + 1)
