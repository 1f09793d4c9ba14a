"""How long tests wait for what is sure to come: far longer than it takes, machines are busy."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

#: Seconds. Who gives up on purpose does so long before; who keeps silent, does so for longer.
PATIENCE = 120.0


def wait_for(condition: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(0.01)


def effort() -> float:
    """Seconds of work of this process and of its ended children, however busy the machine is."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
