"""Makes `.env.example` from docs/configuration.md, which must describe every variable.

    python -m tools.configuration write
    python -m tools.configuration check

Exits with 1 if the file differs from the page, or the page from what the code reads.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE, SAMPLE = "docs/configuration.md", ".env.example"
#: Set by Puente's own programs for each other.
INTERNAL = {
    "DATABASE_POOL", "DEBUG", "PUENTE_DEMO", "PUENTE_INSTANCE", "PUENTE_TEST_RUN",
}  # fmt: skip
ROW = re.compile(r"\| `(?P<name>[A-Z_]+)`(?P<mark> ●.*?)? \| (?P<meaning>.*) \| (?P<without>.*) \|")
#: The value from the column of defaults, as one would set it.
VALUE = re.compile(r"development|true|false|INFO|America/Chicago|[0-9:,]+|https?://\S+|smtp://\S+")
HEAD = """\
# Settings of Puente. Copy this file and set what differs; docs/configuration.md says more.
# In production the variables marked "required" must be set.
"""


class Variable(NamedTuple):
    name: str
    is_required: bool
    meaning: str
    without: str


def described(page: str) -> dict[str, list[Variable]]:
    """Described variables by heading."""
    found: dict[str, list[Variable]] = {}
    for line in page.splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ")] = []
        elif row := ROW.fullmatch(line):
            said = row.groupdict()
            variable = Variable(said["name"], bool(said["mark"]), said["meaning"], said["without"])
            found[list(found)[-1]].append(variable)
    return found


def sample(page: str) -> str:
    parts = [HEAD]
    for heading, variables in described(page).items():
        parts.append(f"\n# --- {heading} ---\n")
        parts.extend(map(_entry, variables))
    return "".join(parts)


def _entry(of: Variable) -> str:
    words = _plain(of.meaning)
    if not of.meaning.startswith("`"):
        words = words[0].upper() + words[1:]
    words += ". Required." if of.is_required else "."
    value = _plain(of.without)
    if not VALUE.fullmatch(value):
        words, value = f"{words} Without it: {value}.", ""
    comment = textwrap.fill(words, 96, initial_indent="# ", subsequent_indent="# ")
    return f"\n{comment}\n#{of.name}={value}\n"


def _plain(words: str) -> str:
    return re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", words).replace("`", "")


def variables_read(root: Path) -> set[str]:
    """Every name that the code reads from common/env.py or the environment with a literal."""
    return {
        name
        for room in (
            "common",
            "accounts",
            "telephone",
            "mail",
            "leases",
            "cases",
            "guides",
            "config",
            "tools",
        )
        for path in (root / room).rglob("*.py")
        for name in _literals(ast.parse(path.read_text()))
    }


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called, first = ast.unparse(node.func), node.args[0]
        asks = called.startswith("env.") or called in {"_required", "encryption.encryption_keys"}
        asks = asks and called != "env.renamed"
        if (
            asks
            and isinstance(first, ast.Constant)
            and re.fullmatch("[A-Z_]+[A-Z]", str(first.value))
        ):
            yield str(first.value)


def problems(root: Path) -> list[str]:
    page, written = (root / PAGE).read_text(), root / SAMPLE
    known = {each.name for group in described(page).values() for each in group}
    missing = sorted(variables_read(root) - INTERNAL - known)
    found = [f"{name} is read, but {PAGE} doesn’t describe it." for name in missing]
    if not written.exists() or written.read_text() != sample(page):
        found.append(
            f"{SAMPLE} is out of date with {PAGE}. Run: python -m tools.configuration write"
        )
    return found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.configuration", description=__doc__)
    parser.add_argument("what", choices=["write", "check"])
    if parser.parse_args(arguments).what == "write":
        (ROOT / SAMPLE).write_text(sample((ROOT / PAGE).read_text()))
    found = problems(ROOT)
    print("\n".join(found), file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
