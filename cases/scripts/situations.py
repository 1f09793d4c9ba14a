"""Which script a kind of case needs."""

from __future__ import annotations

from cases.kinds import kinds


def situation_of(kind: str) -> str:
    """Empty for a kind that doesn't exist."""
    row = kinds().get(kind)
    return row.script if row else ""


def kinds_of(situation: str) -> list[str]:
    return [key for key, row in kinds().items() if row.script == situation]
