"""The `{names}` in a mail's text, and how they are filled in. Pure.

A text is only ever split at these names: nothing in it is executed, no attribute is followed.
Literal braces are doubled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]*)\}|[{}]|[^{}]+")


@dataclass(frozen=True)
class Name:
    """A placeholder's place in a text."""

    name: str


def parts(text: str) -> Iterator[str | Name]:
    """The text split into literal pieces and placeholders.

    ValidationError: `placeholder_braces` for a brace that is neither part of a placeholder nor
    doubled.
    """
    for part in _cut(text):
        if isinstance(part, ValidationError):
            raise part
        yield part


def _cut(text: str) -> Iterator[str | Name | ValidationError]:
    for token in _TOKEN.finditer(text):
        found = token.group()
        if token["name"] is not None:
            yield Name(token["name"])
        elif found in {"{{", "}}"}:
            yield found[0]
        elif found in {"{", "}"}:
            yield ValidationError(
                _(
                    "Line %(line)s has a single brace. Write placeholders like {case_number} and "
                    "double any other braces."
                ),
                code="placeholder_braces",
                params={"line": text.count("\n", 0, token.start()) + 1},
            )
        else:
            yield found


def check_names(text: str, *, allowed: Collection[str], required: Collection[str]) -> None:
    """ValidationError: all `placeholder_braces` and `placeholder_unknown`, otherwise all
    `placeholder_missing`, so that a mistyped name isn't also reported as missing.
    """
    cut = list(_cut(text))
    problems = [part for part in cut if isinstance(part, ValidationError)]
    used = dict.fromkeys(part.name for part in cut if isinstance(part, Name))
    problems += [_unknown(name, allowed) for name in used if name not in allowed]
    problems = problems or [
        ValidationError(
            _("Include the placeholder {%(name)s} in this text."),
            code="placeholder_missing",
            params={"name": name},
        )
        for name in sorted(set(required).difference(used))
    ]
    if problems:
        raise ValidationError(problems)


def _unknown(name: str, allowed: Collection[str]) -> ValidationError:
    close = get_close_matches(name.strip().lower(), allowed, n=1)
    if close:
        message = _("There’s no placeholder {%(name)s} here. Did you mean {%(close)s}?")
    else:
        message = _("There’s no placeholder {%(name)s} here.")
    params = {"name": name, "close": "".join(close)}
    return ValidationError(message, code="placeholder_unknown", params=params)


def fill(text: str, values: Mapping[str, str]) -> str:
    """KeyError for a name without a value; values are never searched for placeholders."""
    return "".join(part if isinstance(part, str) else values[part.name] for part in parts(text))
