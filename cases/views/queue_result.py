"""What became of many cases at once: told once on the queue, and can be undone from there."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest

from cases import numbers
from cases.actions import Assignments, Given, NewlyTagged, Taggings
from cases.enums import NotChanged

#: The session's.
_KEY = "changed_cases"


class Result(NamedTuple):
    to: str  # "" if it was no one, or several people
    size: int
    skipped: list[tuple[str, str, str]]  # number, as it's read, and why
    is_undone: bool
    tag: str  # that was added; "" if the cases were assigned


class Undoable(NamedTuple):
    """What the last deed changed: who has these cases, or that they have a tag (its key)."""

    given: list[Given]
    tag: int | None = None
    tagged: list[NewlyTagged] = []


def keep_result(request: HttpRequest, done: Assignments, *, to: str, is_undone: bool) -> None:
    _keep(request, done.given, done, is_undone, {"to": to})


def keep_tagging(request: HttpRequest, done: Taggings, *, is_undone: bool) -> None:
    key = done.tag.pk if done.tag else None
    _keep(request, done.tagged, done, is_undone, {"tag": done.name, "tag_key": key})


def _keep(
    request: HttpRequest,
    changed: list[Given] | list[NewlyTagged],
    done: Assignments | Taggings,
    is_undone: bool,
    more: dict[str, Any],
) -> None:
    request.session[_KEY] = {
        "changed": [list(each) for each in changed],
        "skipped": [[each.number, each.why.value] for each in done.skipped],
        "to": "",
        "tag": "",
        "is_undone": is_undone,
        "is_new": True,
    } | more


def take_result(request: HttpRequest) -> Result | None:
    """None once it was seen; it can still be undone from the page that shows it."""
    kept = request.session.get(_KEY)
    if not (kept and kept["is_new"]):
        return None
    request.session[_KEY] = kept | {"is_new": False}
    skipped = [
        (number, numbers.shown(number), str(NotChanged(why).label))
        for number, why in kept["skipped"]
    ]
    return Result(kept["to"], len(kept["changed"]), skipped, kept["is_undone"], kept["tag"])


def take_undoable(request: HttpRequest) -> Undoable:
    """Once."""
    kept = request.session.pop(_KEY, None)
    if not kept or kept["is_undone"]:
        return Undoable([])
    if kept["tag"]:
        tagged = [NewlyTagged(*each) for each in kept["changed"]]
        return Undoable([], kept["tag_key"], tagged)
    return Undoable([Given(*each) for each in kept["changed"]])
