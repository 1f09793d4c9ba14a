"""Rows of a text file: its encoding, its delimiter, and what Excel puts before its header."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from leases.imports.cells import SheetRow
from leases.imports.problems import LineProblem

LONGEST_HEADER = 4000
DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = re.compile("[\x00\udc80-\udcff]")
#: Excel's own line that names the delimiter.
_SEP = re.compile(r"\"?sep=([,;\t|])\"?[,;\t|]*", re.IGNORECASE)


def encoding_of(start: bytes) -> str:
    """From the byte order mark; without one it must be UTF-8."""
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


class CsvRows:
    """Problem: `encoding`, `empty_file`, and `csv` where it stops being valid."""

    def __init__(self, stream: BinaryIO, *, encoding: str = "") -> None:
        start = stream.read(4)
        stream.seek(0)
        # Invalid bytes come in marked, so that their line can be named.
        self._text = io.TextIOWrapper(
            stream, encoding or encoding_of(start), errors="surrogateescape", newline=""
        )
        self._above = 1
        self._whole = True
        header = self._first_line()
        if named := _SEP.fullmatch(header):
            self._above = 2
            header = self._first_line()
        delimiter = named[1] if named else max(DELIMITERS, key=header.count)
        self.header = next(csv.reader([header], delimiter=delimiter))
        self._reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)

    def _first_line(self) -> str:
        try:
            header = self._text.readline(LONGEST_HEADER)
        except UnicodeError:
            raise _not_text(self._above) from None
        if not header.strip():
            raise LineProblem("empty_file", _("The file is empty."))
        if _NO_TEXT.search(header):
            raise _not_text(self._above)
        return header.strip("\r\n")

    def _lines(self) -> Iterator[str]:
        for line in self._text:
            # A row that was cut has no end, and may lack cells that weren't empty.
            self._whole = line.endswith(("\n", "\r"))
            yield line

    def __iter__(self) -> Iterator[SheetRow]:
        """Problem `encoding` where it stops being text: nothing after that can be trusted."""
        while True:
            line = self._reader.line_num + self._above + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except UnicodeError:
                raise _not_text(line) from None
            except csv.Error:
                raise LineProblem(
                    "csv",
                    _(
                        "From here on, this isn’t a CSV file: a quotation mark isn’t closed or a "
                        "cell is too long."
                    ),
                    line=line,
                ) from None
            if any(_NO_TEXT.search(cell) for cell in cells):
                raise _not_text(line)
            yield SheetRow(line, cells, may_be_short=self._whole)

    def close(self) -> None:
        with suppress(ValueError):
            self._text.detach()


def _not_text(line: int) -> LineProblem:
    return LineProblem(
        "encoding",
        _(
            "This isn’t UTF-8 text, so letters such as ñ would be lost. In the "
            "spreadsheet, save it as “CSV UTF-8” or name the encoding: --encoding cp1252."
        ),
        line=line,
    )
