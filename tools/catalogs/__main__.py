"""`python -m tools.catalogs {update,compile,check}`; exits with 1 if something needs doing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.pofile import PoFileError

from tools.catalogs.check import check
from tools.catalogs.extract import from_project
from tools.catalogs.files import (
    COMPLETE,
    NAMES,
    compiled,
    entries,
    lacks_words,
    merge,
    parse,
    po_path,
    render,
    singular,
    write_if_changed,
)
from tools.catalogs.texts import Problem

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.catalogs",
        description="Keep Puente’s texts in Spanish and English.",
        epilog="Example: after writing _('Log call') in a view, run `python -m tools.catalogs "
        "update`, write the Spanish under it in locale/es/LC_MESSAGES/django.po, then run "
        "`python -m tools.catalogs check`. Exit codes: 0 done, 1 something needs your "
        "attention (each line says where), 2 wrong arguments.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="add new texts to the .po files and drop old ones")
    commands.add_parser("compile", help="write the .mo files that Django reads, if they changed")
    commands.add_parser("check", help="list what’s missing or wrong; exit 1 if anything is")
    command = parser.parse_args(arguments).command
    run = {"update": _update, "compile": _compile, "check": _check}[command]
    try:
        problems = run(root)
    except _BadFileError as error:
        problems = [error.problem]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


class _BadFileError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _update(root: Path) -> list[Problem]:
    found = from_project(root)
    if found.problems:
        return found.problems
    for language in NAMES:
        path = po_path(root, language)
        content = path.read_text(encoding="utf-8") if path.exists() else ""
        name = path.relative_to(root).as_posix()
        try:
            old = parse(content, language)
        except PoFileError as error:
            raise _BadFileError(Problem(name, error.lineno + 1, str(error))) from error
        merged = render(merge(found.texts, old, language), language)
        written = write_if_changed(path, merged.encode())
        messages = entries(parse(merged, language))
        print(f"{name}: {len(messages)} texts, {'written' if written else 'unchanged'}.")
        lacking = [message for message in messages if lacks_words(message)]
        if language in COMPLETE and lacking:
            print(f"Missing {NAMES[language]}: {len(lacking)} texts. Write their msgstr:")
            for message in lacking:
                context = f" ({message.context})" if message.context else ""
                print(f"  {name}:{message.lineno}: {singular(message)!r}{context}")
    return []


def _compile(root: Path) -> list[Problem]:
    for language in NAMES:
        path = po_path(root, language)
        name = path.relative_to(root).as_posix()
        if not path.exists():
            return [Problem(name, 1, "doesn’t exist. Run: python -m tools.catalogs update")]
        try:
            catalog = parse(path.read_text(encoding="utf-8"), language)
        except PoFileError as error:
            raise _BadFileError(Problem(name, error.lineno + 1, str(error))) from error
        target = path.with_suffix(".mo")
        written = write_if_changed(target, compiled(catalog))
        where = target.relative_to(root).as_posix()
        print(f"{where}: {'written' if written else 'unchanged'}.")
    return []


def _check(root: Path) -> list[Problem]:
    found = from_project(root)
    problems = list(found.problems)
    for language in NAMES:
        path = po_path(root, language)
        name = path.relative_to(root).as_posix()
        if not path.exists():
            problems.append(Problem(name, 1, "doesn’t exist. Run: python -m tools.catalogs update"))
            continue
        problems += check(path.read_text(encoding="utf-8"), found.texts, language, name)
    if not problems:
        print(f"Catalogs complete: {len({(t.context, t.id) for t in found.texts})} texts.")
    else:
        print(f"{len(problems)} problems in the catalogs:", file=sys.stderr)
    return problems


if __name__ == "__main__":
    sys.exit(main())
