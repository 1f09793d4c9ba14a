"""Search in the guides: a few dozen sections, searched one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.enums import Language
from guides.files import INDEX, Guide, guides
from guides.markdown import Section
from guides.plain_words import patterns, plain

BEFORE, BEHIND = 60, 180  # letters shown around a hit
MOST = 12
Found = Sequence[re.Pattern[str]]


@dataclass(frozen=True)
class Part:
    words: str
    is_hit: bool


@dataclass(frozen=True)
class Hit:
    """A section in the reader's language, and the words that were found, in theirs."""

    guide: Guide
    section: Section
    language: str
    snippet: tuple[Part, ...]

    @property
    def address(self) -> str:
        is_start = self.section is self.guide.sections[0]
        return self.guide.address + ("" if is_start else f"#{self.section.anchor}")


def find_sections(searched: str, *, language: str) -> list[Hit]:
    """The sections with most of the words typed, in either language, the reader's own first.

    Guides say the same in all languages, section by section: someone who searches for "chargeback"
    on a Spanish page gets the Spanish section.
    """
    words = patterns(searched)
    ranked = sorted(_ranked(words, language), key=lambda each: each[0], reverse=True)
    most = ranked[0][0][0] if ranked else 0
    hits: dict[tuple[str, str], Hit] = {}
    for (count, *_), hit in ranked:
        if count == most:
            hits.setdefault((hit.guide.slug, hit.section.anchor), hit)
    return list(hits.values())[:MOST]


def _ranked(words: Found, language: str) -> Iterator[tuple[tuple[int, int, int], Hit]]:
    own = guides(language)
    for other in Language.values:
        for slug, guide in guides(other).items():
            if slug == INDEX:
                continue
            for mine, section in zip(own[slug].sections, guide.sections, strict=False):
                title, text = plain(f"{guide.title} {section.title}"), plain(section.text)
                count = sum(bool(word.search(title) or word.search(text)) for word in words)
                weight = sum(
                    5 * len(word.findall(title)) + len(word.findall(text)) for word in words
                )
                if count:
                    snippet = tuple(_snippet(section.text, words))
                    hit = Hit(own[slug], mine, other, snippet)
                    yield (count, other == language, weight), hit


def _snippet(text: str, words: Found) -> Iterator[Part]:
    """The place with most of the words, cut between words, with all of them marked."""
    marks = sorted(
        (m.start(), m.end(), number)
        for number, word in enumerate(words)
        for m in word.finditer(plain(text))
    )
    start, end = _window(text, _densest(marks))
    if start:
        yield Part("… ", is_hit=False)
    at = start
    for begin, over, _word in marks:
        if at <= begin and over <= end:
            yield Part(text[at:begin], is_hit=False)
            yield Part(text[begin:over], is_hit=True)
            at = over
    yield Part(text[at:end] + (" …" if end < len(text) else ""), is_hit=False)


def _densest(marks: Sequence[tuple[int, int, int]]) -> int:
    """Where the next letters have the most different words, the closest together."""

    def near(begin: int) -> tuple[int, int]:
        ends: dict[int, int] = {}
        for at, end, word in marks:
            if begin <= at and end < begin + BEHIND:
                ends.setdefault(word, end)
        return len(ends), begin - max(ends.values(), default=begin)

    return max((begin for begin, _end, _word in marks), key=near, default=0)


def _window(text: str, at: int) -> tuple[int, int]:
    start = text.find(" ", at - BEFORE, at) + 1 if at > BEFORE else 0
    end = text.rfind(" ", at, at + BEHIND) if len(text) > at + BEHIND else len(text)
    return start, end
