"""Which guide helps on which page: the header's link leads there."""

from __future__ import annotations

from fnmatch import fnmatchcase

#: Names of views, or patterns of them → the guide about them. The first that fits counts.
PLACES: dict[str, str] = {
    "call*": "calls",
}


def guide_for(view: str) -> str | None:
    return next((guide for name, guide in PLACES.items() if fnmatchcase(view, name)), None)
