"""Which script a kind of case needs."""

from __future__ import annotations

from cases.kinds import kinds


def situation_of(kind: str) -> str:
    """Empty for a kind that doesn't exist."""
    row = kinds().get(kind)
    return row.script if row else ""
