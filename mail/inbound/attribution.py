"""Finds the line in which a mail program says who wrote the quoted text and when. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: "El mié, 18 nov 2026 a las 10:00, Puente (<…>) escribió:", on up to four lines.
_WRAPPED = 4
#: Zoho puts dashes around it.
_OPENS = re.compile(r"[>\s]*(?:-{3,}\s*)?(?:on|el|en|le|am)\s", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:wrote|writes|escribi[oó]|a écrit)\s*(?::\s*(?:-{3,}\s*)?|-{3,}\s*)$", re.IGNORECASE
)
#: A sentence of the writer may end the same way; a quotation also says when, or whose address.
_WHEN_OR_WHO = re.compile(r"\d{1,2}[:/.]\d{2}|\b(?:19|20)\d\d\b|@")
_OLD_GMAIL = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d? .{0,200}<[^<>\s]+@[^<>\s]+>:\s*$")
#: "Puente <…> escribió el mié, 18 nov 2026:"
_NAME_FIRST = re.compile(
    r"[>\s]*\S.{0,120}<[^<>\s]+@[^<>\s]+>\s*(?:wrote on|escribi[oó] el)\s.{0,80}\d.{0,40}:\s*$",
    re.IGNORECASE,
)


def length_of(lines: Sequence[str], place: int) -> int:
    """How many lines say "on that day someone wrote:"; 0 if none do."""
    first = lines[place]
    if _OLD_GMAIL.match(first.lstrip("> ")[:400]) or _NAME_FIRST.match(first[:400]):
        return 1
    if not _OPENS.match(first[:400]):
        return 0
    together = ""
    for length in range(1, _WRAPPED + 1):
        if place + length > len(lines) or not lines[place + length - 1].strip("> "):
            return 0
        together += " " + lines[place + length - 1][:400]
        if _WROTE.search(together[-60:]):
            return length if _WHEN_OR_WHO.search(together) else 0
    return 0


def ends_in_attribution(lines: Sequence[str]) -> bool:
    """Whether these lines end with such a line."""
    end = len(lines)
    while end and not lines[end - 1].strip("> "):
        end -= 1
    lines = lines[:end]
    return any(
        length_of(lines, place) == end - place for place in range(max(0, end - _WRAPPED), end)
    )
