"""Python imports this by itself wherever the tests' PYTHONPATH applies: see tests/clock."""

from __future__ import annotations

import os
import sys
import time


def shift(seconds: float) -> None:
    # time_machine looks for pytest, which would cost every process a tenth of a second.
    absent = {name: None for name in ("pytest", "dateutil.parser") if name not in sys.modules}
    sys.modules.update(absent)
    try:
        import time_machine  # noqa: PLC0415
    finally:
        for name in absent:
            del sys.modules[name]
    time_machine.travel(time.time() + seconds, tick=True).start()  # noqa: TID251
    time.time()  # noqa: TID251 - its clock ticks from when it is first asked


if seconds := float(os.environ.get("PUENTE_TEST_CLOCK_SHIFT", "0")):
    shift(seconds)
