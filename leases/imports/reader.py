"""A CSV file, read in pieces: its encoding, its delimiter, which of our files it is."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_lazy as _

from leases.imports.columns import FILES, File
from leases.imports.problems import Problem, problem

LONGEST_HEADER = 4000
DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_NO_TEXT = re.compile("[\x00\udc80-\udcff]")


class Record(NamedTuple):
    line: int
    values: dict[str, str]
    problem: Problem | None = None


def encoding_of(start: bytes) -> str:
    """From the mark at the beginning; without one it has to be UTF-8."""
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


class Table:
    """The rows of one file. `file` says what they are.

    Problem: `encoding`, `empty_file`, `header_unknown`, `header_missing`, `header_twice`.
    """

    def __init__(self, stream: BinaryIO, *, encoding: str = "") -> None:
        start = stream.read(4)
        stream.seek(0)
        # Bytes that are no text come in marked, so that their line can be named.
        self._text = io.TextIOWrapper(
            stream, encoding or encoding_of(start), errors="surrogateescape", newline=""
        )
        self._line = 1
        header = self._first_line()
        delimiter = max(DELIMITERS, key=header.count)
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
        self.file = _file_of(names)
        self._names = names
        self._reader = csv.reader(self._text, delimiter=delimiter, strict=True)

    def _first_line(self) -> str:
        try:
            header = self._text.readline(LONGEST_HEADER)
        except UnicodeError:
            raise _not_text(1) from None
        if not header.strip():
            raise Problem("empty_file", _("The file is empty."))
        if _NO_TEXT.search(header):
            raise _not_text(1)
        return header.strip("\r\n")

    def __iter__(self) -> Iterator[Record]:
        """Problem `encoding` where the text ends to be text: nothing after it can be trusted."""
        while True:
            line = self._reader.line_num + 2
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except UnicodeError:
                raise _not_text(line) from None
            except csv.Error:
                raise Problem(
                    "csv",
                    _("From here on this is no CSV: a quotation mark is open, or a cell too long."),
                    line=line,
                ) from None
            if any(_NO_TEXT.search(cell) for cell in cells):
                raise _not_text(line)
            if not any(cell.strip() for cell in cells):
                continue
            yield self._record(line, cells)

    def _record(self, line: int, cells: list[str]) -> Record:
        if len(cells) != len(self._names):
            found = problem(
                "cells",
                _("The row has %(found)s cells, the header %(expected)s."),
                found=len(cells),
                expected=len(self._names),
            )
            return Record(line, {}, found)
        return Record(line, dict(zip(self._names, map(str.strip, cells), strict=True)))

    def close(self) -> None:
        with suppress(ValueError):
            self._text.detach()


def _not_text(line: int) -> Problem:
    return Problem(
        "encoding",
        _(
            "This is no UTF-8 text, so letters such as ñ would be lost. "
            "In the spreadsheet, save it as “CSV UTF-8”, or name the encoding: --encoding cp1252."
        ),
        line=line,
    )


def _file_of(names: list[str]) -> File:
    """The kind of file whose required columns are all there."""
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise problem("header_twice", _("This column is there twice."), column=twice)
    best = max(FILES.values(), key=lambda file: len(file.required & set(names)))
    missing = [name for name in best.columns if name in best.required - set(names)]
    if missing:
        raise problem(
            "header_missing",
            _("The header lacks columns of a file of %(file)s: %(columns)s."),
            file=best.label,
            columns=", ".join(missing),
        )
    unknown = [name for name in names if name not in best.columns]
    if unknown:
        raise problem(
            "header_unknown",
            _("A file of %(file)s has no such column."),
            column=unknown[0],
            file=best.label,
        )
    return best
