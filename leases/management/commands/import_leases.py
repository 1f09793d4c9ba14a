from __future__ import annotations

import csv
import sys
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from accounts.enums import Language
from leases.csv_cells import guarded
from leases.imports.columns import FILES
from leases.imports.problems import LineProblem
from leases.imports.run import KEPT, Report, import_file, template

WRONG_ROWS, UNREADABLE, INTERRUPTED = 1, 2, 130


class Command(BaseCommand):
    help = "Import customers, leases or payments from a CSV file: all of its rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = (
            "The header says what a file contains. Start with leases, which bring their\n"
            "customers, and then import payments. Enter merchants, stores and programs before\n"
            "that. Example:\n\n"
            "  manage.py import_leases --template leases > leases.csv\n"
            "  manage.py import_leases leases.csv --dry-run --language es\n"
            "  manage.py import_leases leases.csv --report problems.csv\n\n"
            f"Exit codes: 0 when everything is imported; {WRONG_ROWS} when rows are wrong;\n"
            f"{UNREADABLE} when the file can’t be read; {INTERRUPTED} after Ctrl-C. Unless it’s\n"
            "0, nothing is imported. Importing the same file again changes nothing."
        )
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check everything without saving."
        )
        parser.add_argument(
            "--encoding", default="", help="If the file isn’t UTF-8, for example cp1252."
        )
        parser.add_argument(
            "--language",
            choices=Language.values,
            default="en",
            help="The language of the messages.",
        )
        parser.add_argument(
            "--report", type=Path, metavar="OUT.csv", help="Save all problems as a CSV file."
        )
        parser.add_argument(
            "--template", choices=list(FILES), help="Print an example file and stop."
        )

    def handle(self, *args: Any, file: Path | None, language: str, **options: Any) -> None:
        if options["template"]:
            self.stdout.write(template(options["template"]), ending="")
            return
        if file is None:
            raise CommandError("Name a file. See --help.", returncode=UNREADABLE)
        with translation.override(language):
            try:
                self._import(file, **options)
            except KeyboardInterrupt:
                raise CommandError(
                    _("Interrupted. Nothing was imported."), returncode=INTERRUPTED
                ) from None

    def _import(self, path: Path, *, report: Path | None, **options: Any) -> None:
        try:
            done = self._read(path, report, options["encoding"], options["dry_run"])
        except OSError as error:
            raise CommandError(
                _("Can’t read %(file)s: %(why)s.") % {"file": path, "why": error.strerror or error},
                returncode=UNREADABLE,
            ) from None
        except LookupError:
            raise CommandError(
                _("There’s no encoding with this name."), returncode=UNREADABLE
            ) from None
        except LineProblem as problem:
            raise CommandError(str(problem), returncode=UNREADABLE) from None
        self._tell(done, dry_run=options["dry_run"], report=report)

    def _read(self, path: Path, report: Path | None, encoding: str, dry_run: bool) -> Report:
        out = report.open("w", encoding="utf-8-sig", newline="") if report else None
        try:
            writer = csv.writer(out) if out else None

            def on_problem(problem: LineProblem) -> None:
                if writer:
                    words = (problem.column, problem.code, str(problem.message))
                    writer.writerow((problem.line, *map(guarded, words)))

            with (
                path.open("rb") as stream,
                tqdm(
                    total=path.stat().st_size, unit="B", unit_scale=True, file=sys.stderr,
                    disable=None, desc=path.name,
                ) as bar,
            ):  # fmt: skip
                return import_file(
                    stream,
                    name=path.name,
                    now=timezone.now(),
                    dry_run=dry_run,
                    encoding=encoding,
                    on_problem=on_problem,
                    progress=lambda position: _move(bar, position),
                )
        finally:
            if out:
                out.close()

    def _tell(self, done: Report, *, dry_run: bool, report: Path | None) -> None:
        for problem in done.problems:
            self.stderr.write(str(problem))
        if done.wrong > KEPT:
            self.stderr.write(
                _("… and %(count)s more. To get all of them, add --report FILE.")
                % {"count": done.wrong - KEPT}
            )
        if done.wrong:
            raise CommandError(
                ngettext(
                    "%(count)s problem in %(rows)s rows. Nothing was imported.",
                    "%(count)s problems in %(rows)s rows. Nothing was imported.",
                    done.wrong,
                )
                % {"count": done.wrong, "rows": done.rows},
                returncode=WRONG_ROWS,
            )
        told = (
            _(
                "Rows of %(file)s checked: %(rows)s. New: %(added)s. Already there: "
                "%(unchanged)s. Nothing was saved."
            )
            if dry_run
            else _(
                "Rows of %(file)s imported: %(rows)s. New: %(added)s. Already there: %(unchanged)s."
            )
        )
        self.stdout.write(
            told
            % {
                "rows": done.rows,
                "file": FILES[done.file].label,
                "added": done.added,
                "unchanged": done.unchanged,
            }
        )


def _move(bar: tqdm[Any], position: int) -> None:
    bar.update(position - bar.n)
