"""The lifecycle of a case as one table, with who must act in each status."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import CaseStatus as S
from cases.enums import Party

_WORKING = frozenset({S.IN_PROGRESS, S.WAITING_CUSTOMER, S.WAITING_STORE, S.RESOLVED})

#: from → where a person may move it by hand
MOVES: Mapping[S, frozenset[S]] = {
    S.OPEN: _WORKING,
    S.IN_PROGRESS: _WORKING - {S.IN_PROGRESS},
    S.WAITING_CUSTOMER: _WORKING - {S.WAITING_CUSTOMER},
    S.WAITING_STORE: _WORKING - {S.WAITING_STORE},
    S.ESCALATED: _WORKING,
    S.RESOLVED: frozenset({S.CLOSED, S.IN_PROGRESS}),
    S.CLOSED: frozenset({S.IN_PROGRESS}),
}

#: Statuses with work left: what the queue shows.
ACTIVE = frozenset(S) - {S.RESOLVED, S.CLOSED}
#: What can be escalated to a supervisor, with a reason.
ESCALATABLE = ACTIVE - {S.ESCALATED}

#: What can be snoozed: a supervisor's case doesn't wait.
SNOOZABLE = ACTIVE - {S.ESCALATED}

#: Moves by hand that the customer is told about, in writing and with a sentence that says why.
#: Closing only ends what was told when the case was resolved.
TOLD = frozenset(S) - {S.CLOSED}

_ALLOWED: Mapping[S, frozenset[S]] = {
    start: ends | ({S.ESCALATED} if start in ESCALATABLE else frozenset())
    for start, ends in MOVES.items()
}

#: What can become part of another case, which closes it. A supervisor decides about escalated ones.
MERGEABLE = ACTIVE - {S.ESCALATED}

#: All legal changes; the database trigger is made from this.
TRANSITIONS: Mapping[S, frozenset[S]] = {
    start: ends | ({S.CLOSED} if start in MERGEABLE else frozenset())
    for start, ends in _ALLOWED.items()
}

ACTS: Mapping[S, Party] = {
    S.OPEN: Party.COMPANY,
    S.IN_PROGRESS: Party.COMPANY,
    S.WAITING_CUSTOMER: Party.CUSTOMER,
    S.WAITING_STORE: Party.STORE,
    S.ESCALATED: Party.COMPANY,
    S.RESOLVED: Party.NOBODY,
    S.CLOSED: Party.NOBODY,
}


def allows(from_status: str, to_status: str) -> bool:
    """Not that of a merge, which is more than a change of status."""
    return to_status in _ALLOWED[S(from_status)]


def moves(from_status: str, *, supervises: bool) -> list[S]:
    """What a form offers, in the table's order. Supervisors decide about escalated cases."""
    if from_status == S.ESCALATED and not supervises:
        return []
    return [status for status in S if status in MOVES[S(from_status)]]
