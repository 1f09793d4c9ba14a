"""Collects the texts of the whole program from its Python files and templates."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract as babel_extract

from tools.catalogs.templates import from_template
from tools.catalogs.texts import COMMENT_TAG, Extraction, Problem, Text

APPS = ("common", "accounts", "telephone", "mail", "leases", "cases", "guides", "tools", "config")

_ONE: Any = (1,)
_PLURAL: Any = (1, 2)
_CONTEXT: Any = ((1, "c"), 2)
_CONTEXT_PLURAL: Any = ((1, "c"), 2, 3)
KEYWORDS: dict[str, Any] = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}


def from_project(root: Path) -> Extraction:
    found = Extraction()
    for path, is_template in _sources(root):
        name = path.relative_to(root).as_posix()
        try:
            if is_template:
                one = from_template(path.read_text(encoding="utf-8"), name)
                found.texts += one.texts
                found.problems += one.problems
            else:
                found.texts += from_python(path.read_bytes(), name)
                found.problems += hidden(path.read_bytes(), name)
        except (SyntaxError, UnicodeDecodeError, tokenize.TokenError) as error:
            line = getattr(error, "lineno", None) or 1
            found.problems.append(Problem(name, line, f"cannot be read: {error}"))
    return found


def _sources(root: Path) -> Iterator[tuple[Path, bool]]:
    """Every file with texts, in a fixed order; migrations have no text that a person reads."""
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.relative_to(root).parts:
                yield path, False
    for folder in (root / "templates", *(root / app / "templates" for app in APPS)):
        for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
            yield path, True


def from_python(source: bytes, file: str) -> Iterator[Text]:
    for line, message, comments, context in babel_extract(
        "python", BytesIO(source), KEYWORDS, (COMMENT_TAG,)
    ):
        text_id = message if isinstance(message, str) else (message[0], message[1])
        if text_id and all(text_id):
            yield Text(text_id, context, file, line, tuple(comments))


def hidden(source: bytes, file: str) -> Iterator[Problem]:
    """Marked texts that `from_python` would silently miss, so they would stay English for
    everyone.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Assign):
            for name, alias in _renamed(node):
                if KEYWORDS.get(alias) != KEYWORDS[name]:
                    says = f"texts marked with {alias}(…) are never found: call {name} by its name."
                    yield Problem(file, node.lineno, says)
        elif isinstance(node, ast.JoinedStr):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and _name(call.func) in KEYWORDS:
                    says = "a text inside an f-string is never found: give it a name before."
                    yield Problem(file, call.lineno, says)


def _renamed(node: ast.ImportFrom | ast.Assign) -> Iterator[tuple[str, str]]:
    """A marking function and its alias."""
    if isinstance(node, ast.ImportFrom):
        for each in node.names:
            if each.asname and each.name in KEYWORDS:
                yield each.name, each.asname
    elif (name := _name(node.value)) in KEYWORDS:
        for target in node.targets:
            yield name, _name(target)


def _name(node: ast.expr) -> str:
    """`gettext` for both gettext and translation.gettext."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
