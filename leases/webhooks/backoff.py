"""When to try a message again. Pure."""

from __future__ import annotations

from datetime import timedelta

from mail.backoff import full_jitter, half_jitter

FIRST = timedelta(seconds=20)
LONGEST = timedelta(hours=24)
#: Tries for two and a half days on average, five at most.
MOST_ATTEMPTS = 12
#: Older messages are given up at the next failure, even if they were tried less often.
OLDEST = timedelta(days=5)
#: An endpoint that doesn't answer is left alone, longer the longer that lasts.
SHORTEST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(minutes=30)


def delay(attempts: int, *, draw: float | None = None) -> timedelta:
    """Full jitter: a random time up to four times the last bound. `attempts` so far, from 1."""
    bound: timedelta = min(LONGEST, FIRST * 4 ** min(attempts - 1, 10))
    return full_jitter(bound, draw)


def pause(waited: timedelta, *, draw: float | None = None) -> timedelta:
    """A quarter of what its oldest message has waited, so an outage costs at most that much
    more.
    """
    longest = min(LONGEST_PAUSE, max(SHORTEST_PAUSE, waited / 4))
    return half_jitter(longest, draw)
