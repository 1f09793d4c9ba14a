"""One event of a telephone system, in one statement: they come in bursts and in any order."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected
from psycopg.types.json import Jsonb

from accounts.mask_watch import noted
from telephone import bell
from telephone.enums import Direction, EventKind
from telephone.reading import CallEvent
from telephone.states import known_cause

#: Who is undone can meet the same other call again before that one is recorded.
TRIES = 4
#: `call` makes the row or tells an event that it hasn't heard yet; a repeated event finds no row to
#: change. What is known stays: the first answer and the first end count, and an answer told after
#: the end was before it. `settled`: whoever calls again, or is reached, needs no earlier call back.
_RECORD = """
    WITH line AS (
        SELECT agent_id, extension FROM telephone_phoneline WHERE extension = ANY(%(lines)s)
    ), only_line AS (
        SELECT min(agent_id) AS agent_id, min(extension) AS extension
        FROM line HAVING count(DISTINCT agent_id) = 1
    ), call AS (
        INSERT INTO telephone_phonecall AS old (
            call_id, direction, from_sent, to_sent, from_number, to_number, extension, agent_id,
            rang_at, answered_at, ended_at, end_cause, settled_reason
        )
        SELECT %(call_id)s, %(direction)s, %(from_sent)s, %(to_sent)s, %(from_number)s,
            %(to_number)s, COALESCE((SELECT extension FROM only_line), ''),
            (SELECT agent_id FROM only_line), %(at)s, %(answered_at)s::timestamptz,
            %(ended_at)s::timestamptz, %(cause)s, ''
        ON CONFLICT (call_id) DO UPDATE SET
            answered_at = COALESCE(old.answered_at, CASE WHEN EXCLUDED.answered_at IS NOT NULL
                THEN LEAST(EXCLUDED.answered_at, old.ended_at) END),
            ended_at = COALESCE(old.ended_at, EXCLUDED.ended_at),
            end_cause = CASE WHEN old.ended_at IS NULL THEN EXCLUDED.end_cause
                ELSE old.end_cause END,
            agent_id = CASE WHEN %(is_answer)s THEN COALESCE(EXCLUDED.agent_id, old.agent_id)
                ELSE COALESCE(old.agent_id, EXCLUDED.agent_id) END,
            extension = CASE WHEN EXCLUDED.extension <> '' AND (%(is_answer)s OR old.extension = '')
                THEN EXCLUDED.extension ELSE old.extension END
        WHERE NOT EXISTS (
            SELECT 1 FROM telephone_phoneevent AS heard
            WHERE heard.call_id = old.id AND heard.kind = %(kind)s
        )
        RETURNING id, number
    ), event AS (
        INSERT INTO telephone_phoneevent (call_id, kind, at, sent)
        SELECT id, %(kind)s, %(at)s, %(sent)s FROM call
        ON CONFLICT DO NOTHING RETURNING call_id
    ), ring AS (
        INSERT INTO telephone_phonecallring (call_id, agent_id, at)
        SELECT DISTINCT event.call_id, line.agent_id, %(at)s::timestamptz FROM event, line
        WHERE %(rings)s
        ON CONFLICT DO NOTHING RETURNING agent_id
    ), settled AS (
        UPDATE telephone_phonecall AS missed SET settled_at = %(at)s, later_call_id = call.id
        FROM call
        WHERE %(settles)s AND call.number <> '' AND missed.number = call.number
            AND missed.number <> '' -- as its index says
            AND missed.id <> call.id AND missed.direction = 'in' AND missed.answered_at IS NULL
            AND missed.end_cause <> 'forwarded' AND missed.settled_at IS NULL
            AND missed.rang_at <= %(at)s
    )
    SELECT (SELECT call_id FROM event), EXISTS (SELECT 1 FROM line), ARRAY(
        SELECT agent_id FROM line UNION
        SELECT agent_id FROM telephone_phonecallring
        WHERE call_id = (SELECT call_id FROM event)
    )
"""


class Recorded(NamedTuple):
    call: int | None  # None for an event that had already come
    is_ours: bool  # whether one of our lines was named
    agents: list[int]  # on whose screens something changed


def record_event(event: CallEvent, *, now: datetime) -> Recorded:
    """In any order, and as often as the telephone system likes to repeat itself.

    Two calls with one number that are answered at the same moment settle each other: PostgreSQL
    then undoes one of both, and that one is recorded after the other.
    """
    left = TRIES
    while True:
        try:
            return _record(event, now)
        except OperationalError as error:
            left -= 1
            is_deadlock = isinstance(error.__cause__, DeadlockDetected)
            if not left or not is_deadlock or connection.in_atomic_block:
                raise


def _record(event: CallEvent, now: datetime) -> Recorded:
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, _values(event, now))
        recorded = Recorded(*cursor.fetchone())
    if recorded.call and recorded.agents:
        transaction.on_commit(partial(bell.ring, recorded.agents), robust=True)
    return recorded


def _values(event: CallEvent, now: datetime) -> dict[str, Any]:
    is_answer = event.kind == EventKind.ANSWER
    is_end = event.kind == EventKind.HANGUP
    from_sent, to_sent = noted(event.from_sent), noted(event.to_sent)
    return {
        "lines": list(event.lines),
        "call_id": event.call_id,
        "kind": event.kind,
        "direction": event.direction,
        "from_sent": from_sent,
        "to_sent": to_sent,
        # What was masked is no phone number.
        "from_number": event.from_number if from_sent == event.from_sent else "",
        "to_number": event.to_number if to_sent == event.to_sent else "",
        "at": now,
        "answered_at": now if is_answer else None,
        "ended_at": now if is_end else None,
        "cause": known_cause(event.cause) if is_end else "",
        "is_answer": is_answer,
        "rings": not is_end,
        "settles": is_answer or (not is_end and event.direction == Direction.INBOUND),
        "sent": Jsonb(_sent(event, from_sent, to_sent)),
    }


def _sent(event: CallEvent, from_sent: str, to_sent: str) -> dict[str, Any]:
    """What is worth reading later, and no more than fits."""
    lines = [noted(each) for each in event.lines[:5]]
    return {"from": from_sent, "to": to_sent, "lines": lines, "cause": noted(event.cause)}
