"""The reasons offered, each with its proof, questions and outcomes."""

from __future__ import annotations

from typing import NamedTuple

from accounts.enums import Language
from cases import kinds
from cases.models import CaseKind, KindOutcome, KindSlot
from cases.models.kind import KindRow
from cases.questions import questions_of
from common.accents import without_accents


class Reason(NamedTuple):
    kind: CaseKind
    slots: list[KindRow]
    questions: list[KindRow]
    outcomes: list[KindRow]

    def has(self, words: list[str]) -> bool:
        """In the names of any of them, in either language."""
        rows = [self.kind, *self.slots, *self.questions, *self.outcomes]
        names = (getattr(row, f"name_{language}") for row in rows for language in Language.values)
        text = _folded(" ".join(names))
        return all(word in text for word in words)


def reasons_with(words: str) -> list[Reason]:
    """All of them, or those with each of these words."""
    slots, outcomes = kinds.slots(), kinds.outcomes()
    own_slots: dict[str, list[KindRow]] = {}
    for kind, slot in KindSlot.objects.values_list("kind", "slot"):
        if slots[slot].is_offered:
            own_slots.setdefault(kind, []).append(slots[slot])
    own_outcomes: dict[str, list[KindRow]] = {}
    for kind, outcome in KindOutcome.objects.values_list("kind", "outcome"):
        if outcomes[outcome].is_offered:
            own_outcomes.setdefault(kind, []).append(outcomes[outcome])
    reasons = (
        Reason(
            each,
            own_slots.get(each.key, []),
            [*questions_of(each.key)],
            own_outcomes.get(each.key, []),
        )
        for each in kinds.offered_kinds()
    )
    asked = _folded(words).split()
    return [each for each in reasons if each.has(asked)]


def _folded(text: str) -> str:
    return without_accents(text.casefold())
