"""The first line of a table, and its rows as cells by name, whatever program wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from leases.imports.problems import LineProblem, problem


class SheetRow(NamedTuple):
    line: int
    cells: Sequence[str]
    #: Whether the row may end early: spreadsheets omit empty cells at the end.
    may_be_short: bool = True
    problem: LineProblem | None = None


class Rows(Protocol):
    """The header, then the rows below it. Problem if it can't be read any further."""

    @property
    def header(self) -> Sequence[str]: ...

    def __iter__(self) -> Iterator[SheetRow]: ...

    def close(self) -> None: ...


def cells_by_name(
    header: Sequence[str], row: SheetRow, required: set[str]
) -> dict[str, str] | LineProblem:
    """The cell below each name. A column without a name must be empty."""
    cells = [cell.strip() for cell in row.cells]
    beyond = [cell for cell in cells[len(header) :] if cell]
    missing = header[len(cells) :]
    if beyond or (missing and (required & set(missing) or not row.may_be_short)):
        return problem(
            "cells",
            _("The row has %(found)s cells, but the header has %(expected)s."),
            found=len(cells),
            expected=len(header),
        )
    found = dict.fromkeys(header, "") | dict(zip(header, cells, strict=False))
    if any(cell for name, cell in zip(header, cells, strict=False) if not name):
        return problem(
            "cell_without_column",
            _("This cell has a value, but its column has no name in the header."),
        )
    found.pop("", None)
    return found
