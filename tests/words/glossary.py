"""docs/glossary.md as data: which word is ours, and which are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.words.sources import ROOT, Text


class Concept(NamedTuple):
    term: str
    spanish: str
    audience: str
    avoid: tuple[str, ...]

    def binds(self, text: Text) -> bool:
        if "programmer" in text.readers:
            return False
        return self.audience == "all" or text.readers == {self.audience}

    def breaches(self, text: Text) -> Iterator[str]:
        words = re.sub(r"https?://\S+|%\(\w+\)[sd]|\{\w+\}", "9", text.words)
        for word in self.avoid:
            if found := re.search(_pattern(word), words, re.IGNORECASE):
                ours = self.spanish if text.language == "es" else self.term
                yield f"{text}: “{found[0]}”; the glossary says “{ours}”"


def _pattern(word: str) -> str:
    return r"\b" + re.escape(word).replace(r"\*", r"\w*").replace("…", r"\w+") + r"\b"


def concepts(page: str | None = None) -> list[Concept]:
    page = (ROOT / "docs" / "glossary.md").read_text() if page is None else page
    lines = [line for line in page.splitlines() if line.startswith("|")]
    names = _cells(lines[0])
    rows = [dict(zip(names, _cells(line), strict=True)) for line in lines[2:]]
    return [
        Concept(row["term"], row["Spanish"], row["audience"], _words(row["avoid"])) for row in rows
    ]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(",") if word.strip())
