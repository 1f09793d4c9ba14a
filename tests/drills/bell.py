from __future__ import annotations

import threading
from typing import Self

from django.db import connections

from accounts import doorbell
from mail.outbound import nudge
from tests.patience import PATIENCE


class Bell(threading.Thread):
    """Wakes the workers as beat does, only more often."""

    EVERY = 0.3

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(self.EVERY):
            doorbell._quiet_until = 0.0
            nudge.nudge()
        connections.close_all()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop_asked.set()
        self.join(PATIENCE)
