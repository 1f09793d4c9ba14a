"""How long a mail waits before its next try, and how long we leave a failing mail server alone.
Pure.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=2)
#: About four days of tries; then the mail has failed and the case says so.
MOST_ATTEMPTS = 100
#: An unreachable mail server is asked again soon;
AWAY = timedelta(seconds=20)
#: one that refuses our sign-in or our own address is left alone longer;
REFUSING = timedelta(minutes=5)
#: both less and less often, but at least this often.
LONGEST_PAUSE = timedelta(minutes=30)
#: A time further ahead than any delay was set by a clock that ran ahead.
ASTRAY = timedelta(hours=1)
#: A customer's hours come around within a week; holidays may add to it.
LONGEST_CLOSED = timedelta(days=14)


def delay(attempts: int, *, draw: float | None = None) -> timedelta:
    """Full jitter: a random time up to the doubled wait, so that a crowd spreads out.

    `attempts` so far, from 1; `draw` in [0, 1) is random unless given.
    """
    doubled: int = 2 ** min(attempts - 1, 20)
    return full_jitter(min(LONGEST, FIRST * doubled), draw)


def pause(shortest: timedelta, *, draw: float | None = None) -> timedelta:
    """How long no one at all asks a mail server after it failed."""
    return half_jitter(shortest, draw)


def quiet_until(since: datetime, until: datetime) -> datetime:
    """When a paused mail server is asked again although no one waits for a code.

    A quarter of the outage so far after `until`: the pauses grow without a counter, and mail
    resumes at most a quarter of the outage's length after it ends.
    """
    return until + min(LONGEST_PAUSE, (until - since) / 4)


def full_jitter(longest: timedelta, draw: float | None = None) -> timedelta:
    """A random time up to the whole."""
    return longest * _drawn(draw)


def half_jitter(longest: timedelta, draw: float | None = None) -> timedelta:
    """A random time of at least half the whole."""
    return longest * (1 + _drawn(draw)) / 2


def _drawn(draw: float | None) -> float:
    return random.random() if draw is None else draw  # noqa: S311 - spreads load, hides nothing
