"""An event of a telephone system, from the body it posted. Pure.

The format is the one of Zammad's generic CTI interface and of sipgate's push API, which many
telephone systems speak already: `event`, `from`, `to`, `direction`, `callId`, `user`, `cause` and
`answeringNumber`, as a form or as JSON. Names that hold lists may end in `[]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from telephone.enums import Direction, EventKind
from telephone.phone_numbers import LONGEST, e164, line_key

LONGEST_ID = 250
MOST_LINES = 50  # phones that ring at once
#: How an event names the phones it's about, besides their own number.
_LINES = ("answeringNumber", "user", "userId", "fullUserId")


class NotAnEvent(Exception):
    """`code` says what is missing or unknown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class CallEvent:
    kind: EventKind
    call_id: str
    direction: Direction
    from_sent: str
    to_sent: str
    cause: str
    lines: tuple[str, ...]  # of ours that ring, or the one that answered

    @property
    def from_number(self) -> str:
        return e164(self.from_sent)

    @property
    def to_number(self) -> str:
        return e164(self.to_sent)


def read_event(fields: Mapping[str, Any]) -> CallEvent:
    """NotAnEvent `event_unknown`, `call_id_missing`, `call_id_invalid`, `direction_unknown`."""
    told = {name.removesuffix("[]"): list(_texts(value)) for name, value in fields.items()}
    kind, direction, call_id = (_first(told, name) for name in ("event", "direction", "callId"))
    if kind not in EventKind.values:
        raise NotAnEvent("event_unknown")
    if not call_id:
        raise NotAnEvent("call_id_missing")
    if len(call_id) > LONGEST_ID or not call_id.isprintable():
        raise NotAnEvent("call_id_invalid")
    if direction not in Direction.values:
        raise NotAnEvent("direction_unknown")
    return CallEvent(
        EventKind(kind),
        call_id,
        Direction(direction),
        _kept(_first(told, "from")),
        _kept(_first(told, "to")),
        _kept(_first(told, "cause")),
        tuple(_lines(told, "to" if direction == Direction.INBOUND else "from")),
    )


def _texts(value: Any) -> Iterable[str]:
    """JSON may hold anything."""
    if isinstance(value, list | tuple):
        return (_text(each) for each in value[:MOST_LINES] if isinstance(each, str | int))
    return (_text(value),) if isinstance(value, str | int) else ()


def _text(value: str | int) -> str:
    """JSON may name half a character, which no database stores."""
    return str(value).encode("utf-8", "replace").decode()


def _first(told: Mapping[str, list[str]], name: str) -> str:
    return next(iter(told.get(name, ())), "").strip()


def _kept(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST]


def _lines(told: Mapping[str, list[str]], own: str) -> list[str]:
    """Who answered is one; otherwise all that are named."""
    answering = [line_key(each) for each in told.get("answeringNumber", ())]
    names = (own, *_LINES)
    every = (line_key(each) for name in names for each in told.get(name, ()))
    found = dict.fromkeys(filter(None, answering)) or dict.fromkeys(filter(None, every))
    return list(found)[: 3 * MOST_LINES]
