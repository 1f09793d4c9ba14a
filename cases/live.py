"""Who looks at a case right now, and what has just been added to it. Both live in Valkey, which may
forget them: then a page says less, and nothing else changes.

Of a case: a hash of windows (`person:window` → what is done there, until when), and the newest
entries, sorted by their keys.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import blake2s
from typing import Final, NamedTuple

from common import valkey

log = logging.getLogger(__name__)

STAYS: Final = 30  # seconds that someone counts as here after the last word from their window
LEAVES: Final = 4  # seconds: a save loads the page anew, and no one should seem to come and go
KEPT: Final = 12 * 60 * 60  # seconds, as long as a session
MOST_ENTRIES: Final = 100
_WINDOWS, _ENTRIES = "case:{}:windows", "case:{}:entries"


class Doing(StrEnum):
    """What someone does in a case; of several windows, the last of these."""

    LOOKS = "looks"
    NOTES = "notes"
    REPLIES = "replies"


class Live(NamedTuple):
    new: int  # entries that the page doesn't show yet
    others: dict[int, Doing]  # by person, without whoever asks

    @property
    def stamp(self) -> str:
        """Another one whenever the page has something else to say; empty if it has nothing."""
        if not self.new and not self.others:
            return ""
        told = repr((self.new, sorted(self.others.items())))
        return blake2s(told.encode(), digest_size=6).hexdigest()


def announce(entries: Mapping[int, Collection[int]]) -> None:
    """Keys of entries that were just committed, by case."""

    def commands(together: valkey.Pipeline) -> None:
        for case, keys in entries.items():
            name = _ENTRIES.format(case)
            together.zadd(name, {str(key): key for key in keys})
            together.zremrangebyrank(name, 0, -MOST_ENTRIES - 1)
            together.expire(name, KEPT)

    try:
        valkey.run(commands)
    except valkey.ValkeyAway:
        log.info("case_not_announced")


def look(case: int, *, person: int, window: str, doing: Doing, seen: int, now: datetime) -> Live:
    """Someone is in this window of a case, and sees entries up to `seen`. ValkeyAway."""
    name, until = _WINDOWS.format(case), int(now.timestamp()) + STAYS

    def commands(together: valkey.Pipeline) -> None:
        together.hset(name, f"{person}:{window}", f"{doing}:{until}")
        together.expire(name, STAYS * 2)
        _ask(together, case, seen)

    *_done, new, windows = valkey.run(commands)
    return _live(case, new, windows, person, now)


def live_now(case: int, *, person: int, seen: int, now: datetime) -> Live:
    """The same, without being there. ValkeyAway."""
    new, windows = valkey.run(lambda together: _ask(together, case, seen))
    return _live(case, new, windows, person, now)


def leave(case: int, *, person: int, window: str, now: datetime) -> None:
    """Its page is left: for another, or for itself after a save. ValkeyAway."""
    until = int(now.timestamp()) + LEAVES
    field, doing = f"{person}:{window}", f"{Doing.LOOKS}:{until}"
    valkey.run(lambda together: together.hset(_WINDOWS.format(case), field, doing))


def _ask(together: valkey.Pipeline, case: int, seen: int) -> None:
    together.zcount(_ENTRIES.format(case), f"({seen}", "+inf")
    together.hgetall(_WINDOWS.format(case))


def _live(case: int, new: int, windows: dict[str, str], person: int, now: datetime) -> Live:
    """Also forgets the windows whose time is over."""
    others: dict[int, Doing] = {}
    over = []
    order = list(Doing)
    for field, value in windows.items():
        doing, _colon, until = value.partition(":")
        whose = int(field.partition(":")[0])
        if int(until) <= now.timestamp():
            over.append(field)
        elif whose != person:
            others[whose] = max(others.get(whose, Doing.LOOKS), Doing(doing), key=order.index)
    if over:
        valkey.run(lambda together: together.hdel(_WINDOWS.format(case), *over))
    return Live(int(new), others)
