"""The words of the company in both languages, as docs/glossary.md has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from guides import markdown
from guides.plain_words import patterns, plain

NONE = "—"


@dataclass(frozen=True)
class Term:
    english: str
    spanish: str
    meaning: str
    audience: str
    avoid: str


@cache
def terms() -> tuple[Term, ...]:
    """Those that people say; what only programmers call something has no Spanish."""
    text = (settings.GUIDES_ROOT / "glossary.md").read_text(encoding="utf-8")
    rows = [row for row in markdown.rows(markdown.parse(text)) if "Spanish" in row]
    return tuple(
        Term(
            english=row["term"],
            spanish=row["Spanish"],
            meaning=row["meaning"],
            audience=row.get("audience", ""),
            avoid=row.get("avoid", ""),
        )
        for row in rows
        if row["Spanish"] != NONE
    )


def find_terms(searched: str) -> list[Term]:
    """All of them, or those in which every word that was typed is found, in either language."""
    words = patterns(searched)
    texts = (
        (each, plain(f"{each.english} {each.spanish} {each.meaning} {each.avoid}"))
        for each in terms()
    )
    return [each for each, text in texts if all(word.search(text) for word in words)]
