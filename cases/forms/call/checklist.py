"""What a kind of case needs, and what became of each item during the call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import pgettext_lazy

from cases import kinds
from cases.enums import ItemState

PREFIX = "slot-"
#: In the order of the choices. What has none is left for later.
STATES = {
    ItemState.ACCEPTED: pgettext_lazy("item of a checklist", "Received"),
    ItemState.ASKED: pgettext_lazy("item of a checklist", "Ask for it"),
    ItemState.UNREADABLE: pgettext_lazy("item of a checklist", "Can’t be read"),
    ItemState.DROPPED: pgettext_lazy("item of a checklist", "Not needed"),
}


class Row(NamedTuple):
    slot: str
    label: str
    state: str

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.slot}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(state.value, str(label)) for state, label in STATES.items()]


def checklist(kind: str, typed: Mapping[str, Any]) -> list[Row]:
    """`kind`: empty until it's known; `typed`: of a form or a draft."""
    return [
        Row(each.key, each.name, _state(typed.get(f"{PREFIX}{each.key}")))
        for each in (kinds.slots_of(kind) if kind else [])
    ]


def states(kind: str, typed: Mapping[str, Any]) -> dict[str, ItemState]:
    return {each.slot: ItemState(each.state) for each in checklist(kind, typed) if each.state}


def _state(value: Any) -> str:
    return str(value) if value in STATES else ""
