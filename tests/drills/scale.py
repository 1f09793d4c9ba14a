"""Short in `make test`, long in `make drills`."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")
FULL = os.environ.get("PUENTE_DRILLS") == "full"


def scaled(short: T, long: T) -> T:
    return long if FULL else short
