"""Rows of an Excel workbook (.xlsx): its first visible sheet, with cells as Excel would
write them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext_lazy as _
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter

from leases.imports.cells import SheetRow
from leases.imports.problems import LineProblem, problem
from leases.imports.workbook_cells import cell_text

#: A hundred times what a page accepts; a table of a million rows should be a CSV file.
MOST_UNPACKED = 100 * 1024 * 1024
#: All texts of a workbook are in memory at once; those of each sheet as they are read.
MOST_WORDS = 20 * 1024 * 1024
MOST_COLUMNS, MOST_ROWS = 60, 1_048_576
_WORDS, _MAIN = "xl/sharedStrings.xml", "xl/workbook.xml"


class WorkbookRows:
    """Problem: `workbook`, `workbook_too_large`, `empty_file`; for a row `cell_error`,
    `cell_not_calculated`.
    """

    def __init__(self, stream: BinaryIO) -> None:
        _refuse_bombs(stream)
        try:
            # Once for the results of formulas, once to find the formulas.
            self._books = [
                openpyxl.load_workbook(stream, read_only=True, data_only=results)
                for results in (True, False)
            ]
            sheets = [_first_sheet(book) for book in self._books]
            self._rows = zip_longest(*(sheet.iter_rows(max_col=MOST_COLUMNS) for sheet in sheets))
            self.header = self._header()
        except LineProblem:
            raise
        except Exception as error:  # a large library, fed with whatever someone uploaded
            raise _unreadable() from error

    def _header(self) -> list[str]:
        first = next(self._rows, ((), ()))[0] or ()
        header = [cell_text(cell) for cell in first]
        if not any(name.strip() for name in header):
            raise LineProblem("empty_file", _("The file is empty."))
        return header

    def __iter__(self) -> Iterator[SheetRow]:
        for line in range(2, MOST_ROWS + 1):
            try:
                results, formulas = next(self._rows)
            except StopIteration:
                return
            except Exception as error:
                raise LineProblem("workbook", _unreadable().message, line=line) from error
            # A sheet may go on for a million rows that someone once colored.
            if any(cell is not EMPTY_CELL for cell in formulas or ()):
                yield _row(line, results or (), formulas)

    def close(self) -> None:
        for book in self._books:
            book.close()


def _row(line: int, results: Any, formulas: Any) -> SheetRow:
    cells = []
    for number, (result, formula) in enumerate(zip_longest(results, formulas), start=1):
        place = f"{get_column_letter(number)}{line}"
        if result is not None and result.data_type == "e":
            wrong = problem(
                "cell_error",
                _("Cell %(cell)s shows an Excel error. Correct it in the workbook."),
                cell=place,
            )
            return SheetRow(line, (), problem=wrong)
        value = cell_text(result)
        if not value and formula is not None and formula.data_type == "f":
            wrong = problem(
                "cell_not_calculated",
                _("The formula in cell %(cell)s has no result. Open and save the file in Excel."),
                cell=place,
            )
            return SheetRow(line, (), problem=wrong)
        cells.append(value)
    return SheetRow(line, cells)


def _first_sheet(book: Any) -> Any:
    sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
    sheet.reset_dimensions()  # programs write wrong ones
    return sheet


def _refuse_bombs(stream: BinaryIO) -> None:
    """By the sizes its parts claim, because unpacking stops at them."""
    try:
        with zipfile.ZipFile(stream) as archive:
            sizes = {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _unreadable() from error
    finally:
        stream.seek(0)
    if _MAIN not in sizes:
        raise _unreadable()
    if sum(sizes.values()) > MOST_UNPACKED or sizes.get(_WORDS, 0) > MOST_WORDS:
        raise LineProblem(
            "workbook_too_large",
            _("This Excel workbook is too large. Save the sheet as “CSV UTF-8.”"),
        )


def _unreadable() -> LineProblem:
    return LineProblem(
        "workbook",
        _(
            "This is an Excel workbook or another archive, and it can’t be opened. In the "
            "spreadsheet, save it as .xlsx or as “CSV UTF-8.”"
        ),
    )
