"""What one key asks a customer for: only what they can have. Pure.

By the stable keys of reasons and proof; an administrator's own are asked for as they come. Anything
else can still be asked for by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import CallerRelation

#: We made it and keep it.
_OURS = frozenset({"contract", "denial_letter"})
#: No one has it before the item went back.
_LATER = frozenset({"store_receipt", "tracking"})
#: What doesn't exist for a reason: nothing came that could be photographed.
_ABSENT: Mapping[str, frozenset[str]] = {"non_delivery": frozenset({"photos"})}
#: What a reason needs of what every case may ask for.
NEEDED_TOO: Mapping[str, frozenset[str]] = {"identity_theft": frozenset({"identity"})}


def can_be_asked(slot: str, *, kind: str, relation: str) -> bool:
    """`relation`: who calls. What a store has, the customer whom we write to doesn't."""
    if relation == CallerRelation.STORE:
        return False
    return slot not in _OURS | _LATER | _ABSENT.get(kind, frozenset())
