"""The company's words in both languages, as in docs/glossary.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from accounts.enums import Language
from guides import markdown
from guides.plain_words import patterns, plain

MEANINGS = {Language.ENGLISH: "meaning", Language.SPANISH: "meaning in Spanish"}


@dataclass(frozen=True)
class Term:
    """One concept, with its word and its meaning in each language."""

    words: dict[str, str]
    meanings: dict[str, str]
    audience: str
    avoid: str

    @property
    def called(self) -> str:
        return plain(" ".join(self.words.values()))

    @property
    def searched(self) -> str:
        return plain(" ".join([self.called, *self.meanings.values(), self.avoid]))


@dataclass(frozen=True)
class Entry:
    """A term as someone reads it: their own language first."""

    word: str
    other_word: str
    meaning: str
    audience: str
    avoid: str


@cache
def terms() -> tuple[Term, ...]:
    """Without the words that only programmers use."""
    text = (settings.GUIDES_ROOT / "glossary.md").read_text(encoding="utf-8")
    rows = [row for row in markdown.rows(markdown.parse(text)) if "Spanish" in row]
    return tuple(
        Term(
            words={Language.ENGLISH: row["term"], Language.SPANISH: row["Spanish"]},
            meanings={language: row[name] for language, name in MEANINGS.items()},
            audience=row["audience"],
            avoid=row["avoid"].replace("*", "…"),
        )
        for row in rows
        if row["audience"] != "code"
    )


def find_terms(searched: str, *, language: str) -> list[Entry]:
    """All terms, or those that have every word typed, in either language.

    Terms that have the words in their own name come first.
    """
    typed = patterns(searched)
    if searched and not typed:
        return []  # signs alone

    def has_typed(text: str) -> bool:
        return all(word.search(text) for word in typed)

    found = [each for each in terms() if has_typed(each.searched)]
    found.sort(key=lambda each: (plain(each.words[language]), each.audience))
    found.sort(key=lambda each: has_typed(each.called), reverse=True)
    return [_entry(each, language) for each in found]


def _entry(term: Term, language: str) -> Entry:
    [other] = set(Language.values) - {language}
    return Entry(
        word=term.words[language],
        other_word=term.words[other],
        meaning=term.meanings[language],
        audience=term.audience,
        avoid=term.avoid,
    )
