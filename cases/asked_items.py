"""The states of what a customer is asked to send, as one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import ItemState as S

#: The customer's turn.
MISSING = frozenset({S.ASKED, S.UNREADABLE})
#: Anyone's turn.
OPEN = MISSING | {S.RECEIVED}

_DECIDED = frozenset({S.UNREADABLE, S.ACCEPTED, S.DROPPED})

#: All legal changes; the database trigger is made from this. A settled item can be requested again,
#: or turn out to be unreadable.
TRANSITIONS: Mapping[S, frozenset[S]] = {
    S.ASKED: _DECIDED | {S.RECEIVED},
    S.RECEIVED: _DECIDED | {S.ASKED},
    S.UNREADABLE: frozenset({S.ASKED, S.RECEIVED, S.ACCEPTED, S.DROPPED}),
    S.ACCEPTED: frozenset({S.ASKED, S.UNREADABLE}),
    S.DROPPED: frozenset({S.ASKED, S.UNREADABLE}),
}
