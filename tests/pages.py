"""What a page says."""

from __future__ import annotations

from typing import Any


def text(response: Any) -> str:
    """Its source, with every run of white space as one space."""
    return " ".join(response.content.decode().split())
