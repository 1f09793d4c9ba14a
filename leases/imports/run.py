"""Imports one file, completely or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import BinaryIO, Protocol

from django.db import connection, transaction

from leases.imports.columns import FILES, File, values
from leases.imports.customers import Customers, Row
from leases.imports.leases import Leases
from leases.imports.payments import Payments
from leases.imports.problems import LineProblem
from leases.imports.reader import Record, Table

CHUNK = 500
#: Problems kept in a report; all are counted, and passed to `on_problem`.
KEPT = 200


@dataclass
class Report:
    file: str = ""  # which of FILES it was
    rows: int = 0
    added: int = 0
    unchanged: int = 0  # already there
    wrong: int = 0
    problems: list[LineProblem] = field(default_factory=list)


class Writer(Protocol):
    def write(self, rows: list[Row]) -> list[bool | LineProblem]:
        """For each row, whether it was new, or what is wrong with it."""


def import_file(
    stream: BinaryIO,
    *,
    name: str,
    now: datetime,
    dry_run: bool = False,
    encoding: str = "",
    on_problem: Callable[[LineProblem], None] = lambda problem: None,
    progress: Callable[[int], None] = lambda position: None,
) -> Report:
    """Imports all rows, or none if there is a single problem. Importing again changes nothing.

    `progress` gets the position in the stream. Problem for a file that can't be read at all.
    """
    report = Report()

    def note(found: LineProblem) -> None:
        report.wrong += 1
        if len(report.problems) < KEPT:
            report.problems.append(found)
        on_problem(found)

    with transaction.atomic():
        with connection.cursor() as cursor:  # one import at a time
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_leases'))")
        table = Table(stream, encoding=encoding)
        report.file = table.file.name
        writer = _writer(table.file, name, now)
        records = iter(table)
        try:
            while chunk := list(islice(records, CHUNK)):
                _write(chunk, table.file, writer, report, note)
                progress(stream.tell())
        except LineProblem as found:
            if not found.line:
                raise
            note(found)
        finally:
            table.close()
        if report.wrong or dry_run:
            transaction.set_rollback(True)
    return report


def _writer(file: File, name: str, now: datetime) -> Writer:
    if file.name == "customers":
        return Customers()
    return Leases(name=name, now=now) if file.name == "leases" else Payments(now=now)


def _write(
    chunk: list[Record],
    file: File,
    writer: Writer,
    report: Report,
    note: Callable[[LineProblem], None],
) -> None:
    report.rows += len(chunk)
    sound: list[tuple[int, Row]] = []
    for record in chunk:
        if record.problem is not None:
            note(_at(record.problem, record.line))
            continue
        row, wrong = values(file, record.values)
        for each in wrong:
            note(_at(each, record.line))
        if not wrong:
            sound.append((record.line, row))
    results = writer.write([row for _line, row in sound])
    # Runs the deferred checks now, so that their list stays short.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    for (line, _row), result in zip(sound, results, strict=True):
        if isinstance(result, LineProblem):
            note(_at(result, line))
        elif result:
            report.added += 1
        else:
            report.unchanged += 1


def _at(found: LineProblem, line: int) -> LineProblem:
    return LineProblem(found.code, found.message, line=line, column=found.column)


def template(name: str) -> str:
    """A file of this kind with an example row."""
    file = FILES[name]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(file.columns)
    writer.writerow(column.example for column in file.columns.values())
    return out.getvalue()
