from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class LineProblem(Exception):
    """Why a row, or the file, can't be imported, in words for the reader.

    `line` is where the row starts, 0 for the file as a whole.
    """

    def __init__(
        self, code: str, message: str | Promise, *, line: int = 0, column: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = []
        if self.line:
            place.append(_("line %(line)s") % {"line": self.line})
        if self.column:
            place.append(_("column %(column)s") % {"column": self.column})
        return f"{', '.join(place)}: {self.message}" if place else str(self.message)


def problem(code: str, message: str | Promise, *, column: str = "", **params: Any) -> LineProblem:
    """Without its line, which the caller adds."""
    return LineProblem(code, str(message) % params if params else message, column=column)
