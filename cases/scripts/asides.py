"""A script's asides, which open a line and are for the agent alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: A line's opening parentheses, with others in them; split by it, every second piece is an aside.
ASIDE = re.compile(r"^(\((?:[^()\n]|\([^()\n]*\))*\))", re.MULTILINE)


def with_asides(words: str, asides: str) -> str | None:
    """What is said in one text, and what to do from the same script in another language. None if
    they don't have the same asides in the same paragraphs, as edited texts may not.
    """
    said, told = ASIDE.split(words), ASIDE.split(asides)
    if _paragraphs(said[::2]) != _paragraphs(told[::2]):
        return None
    said[1::2] = told[1::2]
    return "".join(said)


def _paragraphs(pieces: Iterable[str]) -> list[int]:
    return [each.count("\n\n") for each in pieces]
