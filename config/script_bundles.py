"""Joins a page's scripts: an entry and the modules that it imports become one file.

Each module becomes a function with a scope of its own, called once, in the order in which a browser
would run them. It returns what the module exports. A module that's loaded later, by `import()`, is
an entry of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

#: A module's name, such as `js/keep.js` → its text.
Read = Callable[[str], str]

_IMPORT = re.compile(
    r'^import (?:(?P<names>\{[^}]*\})|\* as (?P<whole>\w+)|)(?: from )?"(?P<path>\.[^"]+)";\n', re.M
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (?P<name>\w+))", re.M)
_LATER = re.compile(r'\bimport\("(?P<path>\.[^"]+)"\)')
_OTHER = re.compile(r"^(?:import\b(?!\()|export\b|await\b|(?:const|let) [^=]*= await\b).*", re.M)
_INDENT = re.compile(r"\n\s*")
#: A line, or several, that is a comment and nothing else.
_REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/[ \t]*)\n", re.M | re.S)
#: One behind a statement. With a quote in it, it may be the end of a string: that stays.
_ASIDE = re.compile(r"(?<=[;,{}()]) // [^\n\"'`]*$", re.M)


class CannotJoinError(ValueError):
    """A module is written in a way that isn't understood here."""


def modules(entry: str, read: Read) -> list[str]:
    """The entry's modules in the order in which they run; it's the last."""
    order: list[str] = []
    _visit(entry, read, order, ())
    return order


def loaded_later(entry: str, read: Read) -> set[str]:
    """What it, or a module that it imports, loads by `import()`."""
    found = ((name, _LATER.finditer(read(name))) for name in modules(entry, read))
    return {_target(name, match["path"]) for name, matches in found for match in matches}


def joined(entry: str, read: Read) -> str:
    """The entry with all that it imports, without comments and indentation."""
    order = modules(entry, read)
    scopes = {name: f"${place}" for place, name in enumerate(order)}
    whole = "".join(_scope(name, read(name), scopes, entry) for name in order)
    return _INDENT.sub("\n", whole)


def _visit(name: str, read: Read, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise CannotJoinError(f"{name} imports itself by way of {', '.join(above)}")
    if name in order:
        return
    for match in _IMPORT.finditer(read(name)):
        _visit(_target(name, match["path"]), read, order, (*above, name))
    order.append(name)


def _target(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _scope(name: str, text: str, scopes: dict[str, str], entry: str) -> str:
    def take(match: re.Match[str]) -> str:
        scope = scopes[_target(name, match["path"])]
        if match["names"]:
            return f"const {match['names'].replace(' as ', ': ')} = {scope};\n"
        return f"const {match['whole']} = {scope};\n" if match["whole"] else ""

    def later(match: re.Match[str]) -> str:
        path = posixpath.relpath(_target(name, match["path"]), posixpath.dirname(entry))
        return f'import("{path if path.startswith(".") else f"./{path}"}")'

    text = _IMPORT.sub(take, _ASIDE.sub("", _REMARK.sub("", text)))
    exported = ", ".join(match["name"] for match in _EXPORT.finditer(text))
    text = _LATER.sub(later, _EXPORT.sub("", text))
    if left := _OTHER.search(text):
        raise CannotJoinError(f"{name}: {left[0]}")
    if not exported:
        return f"(() => {{\n{text}}})();\n"
    scope = f"const {scopes[name]} = (() => {{\n{text}return {{ {exported} }};\n}})();\n"
    return f"{scope}export const {{ {exported} }} = {scopes[name]};\n" if name == entry else scope
