from __future__ import annotations

import logging
import re
from typing import Any

_ADDRESS = re.compile(r"(/telephone/)[^/\s]+")


class HideSecrets(logging.Filter):
    """Django logs the address of each refused request, and a telephone system's is its secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_hidden, record.args))
        return True


def _hidden(value: Any) -> Any:
    return _ADDRESS.sub(r"\1…", value) if isinstance(value, str) else value
