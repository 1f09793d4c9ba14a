"""How alike two words are, as PostgreSQL's `word_similarity` counts it (pg_trgm).

Faster than asking the database for a few thousand words: most repeat, and most others share too few
letters to be compared.
"""

from __future__ import annotations

import re
from functools import lru_cache

from common.accents import without_accents


class TypedWord:
    """A word someone typed, to be compared with many."""

    def __init__(self, word: str) -> None:
        letters = re.sub(r"[^\w-]", "", without_accents(word).lower())  # `O’Neill` is one word
        parts = re.findall(r"[^\W_]+", letters)
        self.groups = frozenset(group for part in parts for group in _groups(part))

    def is_like(self, word: str, share: float) -> bool:
        """Whether some part of `word`, in small letters without marks, is at least so alike:
        groups of three letters in both, of those in either.
        """
        groups = _groups(word)
        common = self.groups.intersection(groups)
        if len(common) < share * len(self.groups) or not common:
            return False
        hits = [place for place, group in enumerate(groups) if group in common]
        return any(
            self._share(groups[begin : end + 1]) >= share
            for at, begin in enumerate(hits)
            for end in hits[at:]
        )

    def _share(self, part: tuple[str, ...]) -> float:
        both = len(self.groups.intersection(part))
        return both / (len(self.groups) + len(set(part)) - both)


@lru_cache(maxsize=1 << 14)
def _groups(word: str) -> tuple[str, ...]:
    framed = f"  {word} "
    return tuple(framed[place : place + 3] for place in range(len(framed) - 2))
