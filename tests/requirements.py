"""Each requirement, where a person meets it, and the tests that show it: a table made on request.

`python -m tests.requirements {write,check}`. The rows are in docs/requirements.toml; a test shows
one with `@pytest.mark.requirement("R12")`. Marks are read from the source of the tests, so neither
a test nor a database has to run. The table isn't stored, because it would change with every test.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ROWS = Path("docs/requirements.toml")
TABLE = Path("docs/requirements.md")
SOURCES = {
    "U": "the brief",
    "S0": "the customer guide",
    "S2": "the lease statuses",
    "C": "public complaints",
    "P": "others in the field",
}

HEAD = """\
# Requirements

Written by `python -m tests.requirements write` from [requirements.toml](requirements.toml) and the
`@pytest.mark.requirement` marks of the tests; change those, not this file.
Sources: U the brief, S0 the customer guide, S2 the lease statuses.
{shown} of {total} rows are shown by a test.

| row | requirement | source | where a person meets it | shown by |
|---|---|---|---|---|
"""


class Row(NamedTuple):
    id: str
    text: str
    source: str
    where: str


class Mark(NamedTuple):
    """One row named by one test; `problem` says why it doesn't count."""

    row: str
    node: str
    line: int
    problem: str = ""

    @property
    def file(self) -> str:
        return self.node.partition("::")[0]


def read_rows(root: Path) -> list[Row]:
    table = tomllib.loads((root / ROWS).read_text(encoding="utf-8"))
    rows = [Row(**{name: str(row[name]) for name in Row._fields}) for row in table["row"]]
    doubled = {row.id for row in rows if sum(other.id == row.id for other in rows) > 1}
    foreign = {row.source for row in rows} - SOURCES.keys()
    if doubled or foreign:
        raise ValueError(
            f"{ROWS}: doubled ids {sorted(doubled)}, unknown sources {sorted(foreign)}"
        )
    return rows


def read_marks(root: Path) -> list[Mark]:
    marks: list[Mark] = []
    for path in sorted((root / "tests").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        marks += _in_body(tree.body, path.relative_to(root).as_posix(), _module_marks(tree))
    return marks


def _in_body(body: list[ast.stmt], node: str, outer: list[ast.expr]) -> Iterator[Mark]:
    for item in body:
        if isinstance(item, ast.ClassDef):
            inner = [*outer, *item.decorator_list, *_assigned(item.body)]
            if item.name.startswith("Test"):
                yield from _in_body(item.body, f"{node}::{item.name}", inner)
            else:
                yield from _unused(item, node)
        elif isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            if item.name.startswith("test"):
                for mark in [*outer, *item.decorator_list]:
                    yield from _rows_of(mark, f"{node}::{item.name}")
            else:
                yield from _unused(item, node)


def _unused(
    item: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, node: str
) -> Iterator[Mark]:
    for decorator in item.decorator_list:
        for mark in _rows_of(decorator, f"{node}::{item.name}"):
            yield mark._replace(problem="pytest does not run this as a test; move the mark to one")


def _module_marks(tree: ast.Module) -> list[ast.expr]:
    return _assigned(tree.body)


def _assigned(body: list[ast.stmt]) -> list[ast.expr]:
    """The marks of `pytestmark = …`, single or in a list."""
    found: list[ast.expr] = []
    for item in body:
        targets = item.targets if isinstance(item, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets):
            value = item.value  # type: ignore[attr-defined]
            found += value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
    return found


def _rows_of(mark: ast.expr, node: str) -> Iterator[Mark]:
    function = mark.func if isinstance(mark, ast.Call) else mark
    if not (isinstance(function, ast.Attribute) and ast.unparse(function).endswith(".requirement")):
        return
    arguments = mark.args if isinstance(mark, ast.Call) else []
    if not arguments:
        yield Mark("", node, mark.lineno, 'names no row: requirement("R1")')
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield Mark(argument.value, node, argument.lineno)
        else:
            yield Mark("", node, argument.lineno, 'write the row as plain text: requirement("R1")')


def problems(rows: Sequence[Row], marks: Sequence[Mark]) -> list[str]:
    known = {row.id for row in rows}
    found = []
    for mark in marks:
        says = mark.problem
        if not says and mark.row not in known:
            says = f"{mark.row} is not in {ROWS.as_posix()}"
        if says:
            found.append(f"{mark.file}:{mark.line}: {mark.node.partition('::')[2]}: {says}")
    return sorted(set(found))


def render(rows: Sequence[Row], marks: Sequence[Mark]) -> str:
    """Without line numbers, so that moving a test inside its file changes nothing."""
    nodes = {
        row.id: sorted({mark.node for mark in marks if mark.row == row.id and not mark.problem})
        for row in rows
    }
    head = HEAD.format(shown=sum(map(bool, nodes.values())), total=len(rows))
    return head + "".join(
        f"| {row.id} | {_cell(row.text)} | {row.source} | {_cell(row.where) or 'not yet'} "
        f"| {'<br>'.join(map(_link, nodes[row.id])) or 'not yet'} |\n"
        for row in rows
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _link(node: str) -> str:
    file = node.partition("::")[0]
    return f"[{node.removeprefix('tests/')}](../{file})"


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.requirements",
        description="Which test shows which requirement.",
        epilog="Example: mark a test with @pytest.mark.requirement('R12'), then run "
        "`python -m tests.requirements write`. Exit codes: 0 done, 1 something is to be put "
        "right (each line says where), 2 wrong arguments.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("write", help="write docs/requirements.md")
    commands.add_parser("check", help="exit 1 if a mark names an unknown row")
    command = parser.parse_args(arguments).command

    try:
        rows, marks = read_rows(root), read_marks(root)
    except (OSError, ValueError, KeyError, SyntaxError) as error:
        print(f"cannot read the rows or the tests: {error!r}", file=sys.stderr)
        return 1
    wrong = problems(rows, marks)
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 1
    if command == "write":
        (root / TABLE).write_text(render(rows, marks), encoding="utf-8")
        print(f"{TABLE.as_posix()} is written.")
    shown = len({mark.row for mark in marks})
    print(f"{shown} of {len(rows)} rows are shown by a test.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
