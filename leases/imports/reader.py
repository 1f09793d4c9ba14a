"""One file, text or workbook: what it holds, and its rows by column name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_lazy as _

from leases.imports.cells import Rows, SheetRow, cells_by_name
from leases.imports.columns import FILES, File
from leases.imports.csv_rows import CsvRows
from leases.imports.problems import LineProblem, problem
from leases.imports.workbook import WorkbookRows

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Record(NamedTuple):
    line: int
    values: dict[str, str]
    problem: LineProblem | None = None


class Table:
    """The rows of one file. `file` says what they are.

    Problem: `header_unknown`, `header_missing`, `header_twice`, `header_without_name`,
    `old_workbook`, and those of CsvRows and WorkbookRows.
    """

    def __init__(self, stream: BinaryIO, *, encoding: str = "") -> None:
        self._rows = _rows(stream, encoding)
        names = [name.strip().lower() for name in self._rows.header]
        while names and not names[-1]:  # columns that a spreadsheet once touched
            names.pop()
        self.file = _file_of(names)
        self._names = names

    def __iter__(self) -> Iterator[Record]:
        for row in self._rows:
            if row.problem or any(cell.strip() for cell in row.cells):
                yield self._record(row)

    def _record(self, row: SheetRow) -> Record:
        found = row.problem or cells_by_name(self._names, row, self.file.required)
        if isinstance(found, LineProblem):
            return Record(row.line, {}, found)
        return Record(row.line, found)

    def close(self) -> None:
        self._rows.close()


def _rows(stream: BinaryIO, encoding: str) -> Rows:
    """By its first bytes, because a workbook is often called .csv."""
    start = stream.read(8)
    stream.seek(0)
    if start.startswith(_ZIP):
        return WorkbookRows(stream)
    if start == _OLE:
        raise LineProblem(
            "old_workbook",
            _(
                "This is an old Excel workbook (.xls) or one with a password. In Excel, save "
                "it without a password as .xlsx or “CSV UTF-8.”"
            ),
        )
    return CsvRows(stream, encoding=encoding)


def _file_of(names: list[str]) -> File:
    """The kind of file whose required columns are all there."""
    given = [name for name in names if name]
    if len(set(given)) != len(given):
        twice = next(name for name in given if given.count(name) > 1)
        raise problem("header_twice", _("This column appears twice."), column=twice)
    best = max(FILES.values(), key=lambda file: len(file.required & set(given)))
    missing = [name for name in best.columns if name in best.required - set(given)]
    if missing:
        raise problem(
            "header_missing",
            _("The header is missing columns for %(file)s: %(columns)s."),
            file=best.label,
            columns=", ".join(missing),
        )
    unknown = [name for name in given if name not in best.columns]
    if unknown:
        raise problem(
            "header_unknown",
            _("A file of %(file)s doesn’t have this column."),
            column=unknown[0],
            file=best.label,
        )
    return best
