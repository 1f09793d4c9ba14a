"""What a kind of case needs, and what became of each item during the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import pgettext_lazy

from cases import kinds
from cases.askable import NEEDED_TOO, can_be_asked
from cases.enums import ItemState

PREFIX = "slot-"
#: In the order of the choices, after the one for what is left for later. One arrow too many, around
#: the end too, never makes what is left or asked for a received one.
STATES = {
    ItemState.ASKED: pgettext_lazy("item of a checklist", "Ask for it"),
    ItemState.UNREADABLE: pgettext_lazy("item of a checklist", "Can’t be read"),
    ItemState.ACCEPTED: pgettext_lazy("item of a checklist", "Received"),
    ItemState.DROPPED: pgettext_lazy("item of a checklist", "Not needed"),
}
_LATER = pgettext_lazy("item of a checklist", "Not yet")


class Row(NamedTuple):
    slot: str
    label: str
    state: str
    is_asked_by_key: bool  # with all that this reason usually needs and the customer can have

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.slot}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        states = [(state.value, str(label)) for state, label in STATES.items()]
        return [("", str(_LATER)), *states]


def checklist(kind: str, typed: Mapping[str, Any]) -> list[Row]:
    """`kind`: empty until it's known; `typed`: of a form or a draft.

    What the caller was asked for stays, also if it was switched off meanwhile.
    """
    if not kind:
        return []
    told = {name.removeprefix(PREFIX) for name, value in typed.items() if _state(value)}
    too, relation = NEEDED_TOO.get(kind, ()), str(typed.get("relation") or "")
    return [
        Row(
            each.key,
            each.name,
            _state(typed.get(f"{PREFIX}{each.key}")),
            is_asked_by_key=(not each.of_every_kind or each.key in too)
            and can_be_asked(each.key, kind=kind, relation=relation),
        )
        for each in kinds.slots_of(kind, kept=told)
    ]


def states(rows: Iterable[Row]) -> dict[str, ItemState]:
    return {each.slot: ItemState(each.state) for each in rows if each.state}


def _state(value: Any) -> str:
    return str(value) if value in STATES else ""


def asks_for_something(typed: Mapping[str, Any]) -> bool:
    return any(
        name.startswith(PREFIX) and _state(value) == ItemState.ASKED
        for name, value in typed.items()
    )
