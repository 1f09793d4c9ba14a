"""Small lists that are read once for a whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")

_found: ContextVar[dict[str, Any] | None] = ContextVar("found", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def once(name: str, find: Callable[[], T]) -> T:
    """What `find` found first since `remembering` began; outside of it, found anew each time, so no
    one reads an old row.
    """
    kept = _found.get()
    if kept is None:
        return find()
    if name not in kept:
        kept[name] = find()
    found: T = kept[name]
    return found


def remember_for_a_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        with remembering():
            return get_response(request)

    return answer
