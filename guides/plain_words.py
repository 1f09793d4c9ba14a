"""Words as people type them into a search: any case, with or without accents, one or many."""

from __future__ import annotations

import re
import unicodedata

#: Drops the plural, so that "devoluciones" finds "devolución" and "returns" finds "return".
_PLURAL = re.compile(r"(?<=[nrld])es$|(?<=\w\w\w)s$")


def plain(text: str) -> str:
    """Without accents and capitals, letter by letter: a hit here is at the same place in
    the text.
    """
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)


def patterns(searched: str) -> list[re.Pattern[str]]:
    """One for each word typed: the words of `plain` text that start with it."""
    words = {_PLURAL.sub("", word) for word in re.findall(r"\w+", plain(searched))}
    several = {word for word in words if len(word) > 1} or words
    return [re.compile(rf"\b{re.escape(word)}\w*") for word in sorted(several)]
