"""Inside a room a public name means one thing, so that whoever greps it finds it."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("common", "accounts", "telephone", "mail", "leases", "cases", "guides", "tools", "config")
#: Namespaces of their own: pages are named like their addresses, the API like its document, a task
#: like the action it delegates to, a template filter like the word it shows.
OWN = {"views", "portal", "api", "tasks", "management", "templatetags", "migrations"}
#: One protocol, several answers.
SHARED = {"main", "decide"}


def public(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    }


def twice(folder: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder)
        if not OWN & {*place.parts[:-1], place.stem}:
            for name in public(path) - SHARED:
                found[name].append(str(place))
    return {name: places for name, places in found.items() if len(places) > 1}


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_name_is_defined_once_in_a_room(room: str) -> None:
    assert twice(ROOT / room) == {}


def test_one_that_is_defined_twice_is_found(tmp_path: Path) -> None:
    for name in ("ledger.py", "quotes.py"):
        (tmp_path / name).write_text("class Row: ...\n\n\ndef _private() -> None: ...\n")
    assert twice(tmp_path) == {"Row": ["ledger.py", "quotes.py"]}
