"""Browsers send cookies to every port of a host: two demos there have names of their own."""

from __future__ import annotations

from urllib.parse import urlsplit


def suffix(base_url: str, *, demo: bool) -> str:
    """Empty but for a demo."""
    return f"_{urlsplit(base_url).port or 80}" if demo else ""
