"""What became of many cases at once: told once on the queue, and can be undone from there."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from cases import numbers
from cases.actions import Assignments, Given
from cases.enums import NotAssigned

#: The session's.
_KEY = "assigned_cases"


class Result(NamedTuple):
    to: str  # "" if it was no one, or several people
    size: int
    skipped: list[tuple[str, str, str]]  # number, as it's read, and why
    is_undone: bool


def keep_result(request: HttpRequest, done: Assignments, *, to: str, is_undone: bool) -> None:
    request.session[_KEY] = {
        "given": [list(each) for each in done.given],
        "skipped": [[each.number, each.why.value] for each in done.skipped],
        "to": to,
        "is_undone": is_undone,
        "is_new": True,
    }


def take_result(request: HttpRequest) -> Result | None:
    """None once it was seen; it can still be undone from the page that shows it."""
    kept = request.session.get(_KEY)
    if not (kept and kept["is_new"]):
        return None
    request.session[_KEY] = kept | {"is_new": False}
    skipped = [
        (number, numbers.shown(number), str(NotAssigned(why).label))
        for number, why in kept["skipped"]
    ]
    return Result(kept["to"], len(kept["given"]), skipped, kept["is_undone"])


def take_given(request: HttpRequest) -> list[Given]:
    """What can be undone, once."""
    kept = request.session.pop(_KEY, None)
    if not kept or kept["is_undone"]:
        return []
    return [Given(*each) for each in kept["given"]]
