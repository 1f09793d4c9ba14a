"""A module that says it's pure must be: import-linter keeps models out of it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYS_SO = re.compile(r"\bpure\b", re.IGNORECASE)


def said_pure() -> set[str]:
    found = set()
    for room in (
        "common",
        "accounts",
        "telephone",
        "mail",
        "leases",
        "cases",
        "guides",
        "tools",
        "config",
    ):
        for path in (ROOT / room).rglob("*.py"):
            said = ast.get_docstring(ast.parse(path.read_text())) or ""
            if SAYS_SO.search(said):
                parts = path.relative_to(ROOT).with_suffix("").parts
                found.add(".".join(part for part in parts if part != "__init__"))
    return found


def test_every_module_that_says_it_is_pure_is_in_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [contract] = [each for each in settings["contracts"] if each["name"].startswith("Pure")]
    said = said_pure()
    assert len(said) > 30
    assert said <= set(contract["source_modules"])
