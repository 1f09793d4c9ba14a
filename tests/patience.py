"""How long tests wait for what is sure to come: far longer than it takes, because machines are
busy.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

#: Seconds. Code that gives up on purpose does so long before; code that stays silent, for longer.
PATIENCE = 120.0


def wait_for(condition: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(0.01)


def effort() -> float:
    """Seconds of work of this process and its ended children, however busy the machine is."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
