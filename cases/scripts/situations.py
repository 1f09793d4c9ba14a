"""Which script a kind of case needs, and those that a call needs whatever it's about."""

from __future__ import annotations

from cases.enums import CallerRelation
from cases.kinds import kinds

#: The keys that a call looks for; the rows are the administrator's.
OPENING = "opening"
CALLING_BACK = "calling_back"
ATTORNEY = "attorney"
STORE = "store"
#: Whoever is on the line, by their relation.
SCRIPT_OF: dict[str, list[str]] = {
    CallerRelation.ATTORNEY.value: [ATTORNEY],
    CallerRelation.STORE.value: [STORE],
}


def situation_of(kind: str) -> str:
    """Empty for a kind that doesn't exist."""
    row = kinds().get(kind)
    return row.script_id if row else ""
