"""Tells the writer what was masked on its way to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from accounts.masking import Secret, mask

_watched: ContextVar[set[Secret] | None] = ContextVar("watched", default=None)


@contextmanager
def watched() -> Iterator[set[Secret]]:
    found: set[Secret] = set()
    token = _watched.set(found)
    try:
        yield found
    finally:
        _watched.reset(token)


def noted(text: str) -> str:
    """The masked text. What it masked is added to the watcher's list."""
    masked = mask(text)
    if masked.found and (found := _watched.get()) is not None:
        found |= masked.found
    return masked.text


def noted_all(value: Any) -> Any:
    """The same for every text in a JSON value."""
    if isinstance(value, str):
        return noted(value)
    if isinstance(value, dict):
        return {name: noted_all(each) for name, each in value.items()}
    return [noted_all(each) for each in value] if isinstance(value, list | tuple) else value
