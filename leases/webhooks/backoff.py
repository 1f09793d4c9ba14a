"""When a message is tried again. Pure."""

from __future__ import annotations

from datetime import timedelta

from mail.backoff import full_jitter, half_jitter

FIRST = timedelta(seconds=20)
LONGEST = timedelta(hours=24)
#: Two and a half days of trying on average, five at most.
MOST_ATTEMPTS = 12
#: Older ones are given up with the first that fails, though they were tried less often.
OLDEST = timedelta(days=5)
#: An endpoint that gives no answer is left alone, the longer the longer that lasts.
SHORTEST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(minutes=30)


def delay(attempts: int, *, draw: float | None = None) -> timedelta:
    """Full jitter: anything up to four times the last bound. `attempts` so far, from 1."""
    bound: timedelta = min(LONGEST, FIRST * 4 ** min(attempts - 1, 10))
    return full_jitter(bound, draw)


def pause(waited: timedelta, *, draw: float | None = None) -> timedelta:
    """A quarter of what its oldest message has waited: an outage costs at most that much more."""
    longest = min(LONGEST_PAUSE, max(SHORTEST_PAUSE, waited / 4))
    return half_jitter(longest, draw)
