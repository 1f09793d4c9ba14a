"""The day the tests run on, set here for every process they start.

The clock of each process is shifted by the same span and keeps ticking, so all of them agree.
`PUENTE_TEST_DAY` names another time: `today`, `2027-03-14` (ten in the morning) or
`2026-12-31T23:30`, as a clock in Chicago shows it. Monotonic clocks stay as they are.
"""

from __future__ import annotations

import importlib
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine

#: A Wednesday, ten in the morning in Chicago: the cast's `now`, and the suite's day.
NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
#: Seconds by which the clocks of this run are ahead (behind if negative); children inherit it.
SHIFT = "PUENTE_TEST_CLOCK_SHIFT"
CHILDREN = Path(__file__).parent / "children"


def moment(asked: str) -> datetime | None:
    """The time `PUENTE_TEST_DAY` asks for; None for today, the machine's own clock."""
    if not asked:
        return NOW
    if asked == "today":
        return None
    try:
        found = datetime.fromisoformat(asked)
    except ValueError:
        raise SystemExit(
            f"PUENTE_TEST_DAY={asked!r} is no day. Use today, 2027-03-14 or 2026-12-31T23:30."
        ) from None
    if len(asked) == len("2027-03-14"):
        found = found.replace(hour=10)
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def at(when: datetime) -> time_machine.travel:
    """A block of a test at another time. Only this process moves there."""
    return time_machine.travel(when.timestamp(), tick=True)


def set_all() -> None:
    """Shifts this process and those it starts. Workers of xdist arrive already shifted."""
    if SHIFT in os.environ:
        return
    chosen = moment(os.environ.get("PUENTE_TEST_DAY", ""))
    shift = chosen - datetime.now(UTC) if chosen else timedelta()  # noqa: TID251 - sets the clock
    os.environ[SHIFT] = str(shift.total_seconds())
    already = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(CHILDREN), *([already] if already else [])])
    sys.path.insert(0, str(CHILDREN))
    try:
        sys.modules.pop("sitecustomize", None)  # some systems have their own
        importlib.import_module("sitecustomize")
    finally:
        sys.path.remove(str(CHILDREN))
