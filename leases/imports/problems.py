from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class LineProblem(Exception):
    """Why a row, or the file, cannot be imported; worded for whoever reads it.

    `line` is where the row begins, 0 for the file as a whole.
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
    """One without its line, which whoever knows it adds."""
    return LineProblem(code, str(message) % params if params else message, column=column)
