"""How far a case is, in four steps a customer recognizes."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from cases.enums import CaseStatus as S

LABELS = (
    pgettext_lazy("step", "Received"),
    pgettext_lazy("step", "In review"),
    pgettext_lazy("step", "Waiting for a response"),
    pgettext_lazy("step", "Resolved"),
)
CURRENT = {
    S.OPEN: 0,
    S.IN_PROGRESS: 1,
    S.ESCALATED: 1,
    S.WAITING_CUSTOMER: 2,
    S.WAITING_STORE: 2,
    S.RESOLVED: 3,
    S.CLOSED: 3,
}


class Step(NamedTuple):
    label: str | Promise
    is_done: bool
    is_current: bool


def steps(status: S) -> list[Step]:
    current = CURRENT[status]
    return [Step(label, place < current, place == current) for place, label in enumerate(LABELS)]
