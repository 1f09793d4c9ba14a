"""What became of a call, from its moments and the clock. Pure.

A telephone system may lose an event: a call whose end was never told doesn't ring or last forever.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from telephone.enums import CallState, Direction, EndCause

RINGS = timedelta(minutes=5)
LASTS = timedelta(hours=8)


def call_state(
    *,
    direction: str,
    rang_at: datetime,
    answered_at: datetime | None,
    ended_at: datetime | None,
    now: datetime,
) -> CallState:
    if answered_at:
        is_over = ended_at is not None or now - answered_at > LASTS
        return CallState.ENDED if is_over else CallState.ANSWERED
    if ended_at is None and now - rang_at <= RINGS:
        return CallState.RINGING
    return CallState.MISSED if direction == Direction.INBOUND else CallState.UNREACHED


def known_cause(told: str) -> str:
    """Systems add causes of their own."""
    return told if told in EndCause.values else EndCause.OTHER
