"""What was found: a text to translate or a problem, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

COMMENT_TAG = "Translators:"


class Problem(NamedTuple):
    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


class Text(NamedTuple):
    id: str | tuple[str, str]
    context: str | None
    file: str
    line: int
    comments: tuple[str, ...] = ()


@dataclass
class Extraction:
    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
