"""How long a mail waits for its next attempt, and a mail server for the next one of us. Pure."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=2)
#: About four days of trying; then the mail has failed and the case says so.
MOST_ATTEMPTS = 100
#: A mail server that is away is asked again soon,
AWAY = timedelta(seconds=20)
#: one that refuses our sign-in or our own address is left alone for longer;
REFUSING = timedelta(minutes=5)
#: both less and less often, but never more rarely than this.
LONGEST_PAUSE = timedelta(minutes=30)
#: A moment so much further ahead than anything is put off was set by a clock that was ahead.
ASTRAY = timedelta(hours=1)
#: Hours of a customer open again within a week; holidays may come between.
LONGEST_CLOSED = timedelta(days=14)


def delay(attempts: int, *, draw: float | None = None) -> timedelta:
    """Full jitter: anything up to the doubled wait, so that a crowd spreads out.

    `attempts` so far, from 1; `draw` in [0, 1) is random unless given.
    """
    doubled: int = 2 ** min(attempts - 1, 20)
    return full_jitter(min(LONGEST, FIRST * doubled), draw)


def pause(shortest: timedelta, *, draw: float | None = None) -> timedelta:
    """How long nobody at all asks a mail server after it failed us."""
    return half_jitter(shortest, draw)


def quiet_until(since: datetime, until: datetime) -> datetime:
    """When a paused mail server is asked again though nobody waits for a code.

    A quarter of the trouble so far after `until`: the pauses grow without being counted, and an
    outage costs at most that much more than it lasted.
    """
    return until + min(LONGEST_PAUSE, (until - since) / 4)


def full_jitter(longest: timedelta, draw: float | None = None) -> timedelta:
    """Anything up to it."""
    return longest * _drawn(draw)


def half_jitter(longest: timedelta, draw: float | None = None) -> timedelta:
    """At least half of it."""
    return longest * (1 + _drawn(draw)) / 2


def _drawn(draw: float | None) -> float:
    return random.random() if draw is None else draw  # noqa: S311 - spreads load, hides nothing
