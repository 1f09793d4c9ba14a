"""Cookie names. Browsers send cookies to every port of a host, so each demo uses its own names."""

from __future__ import annotations

from urllib.parse import urlsplit


def suffix(base_url: str, *, demo: bool) -> str:
    """Empty except in a demo."""
    return f"_{urlsplit(base_url).port or 80}" if demo else ""
