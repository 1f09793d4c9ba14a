from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from cases import actions
from cases.models import SearchProgress
from common.loop import NO_DATABASE, Stop, no_database, tell

EACH = 5.0  # seconds between two lines of progress


class Command(BaseCommand):
    help = (
        "Make texts findable that were written before this version had a search: from the newest "
        "case down. What is written now is found at once, without this. You can stop it, run it "
        "again and run it while people work; the schedule does the same, more slowly. "
        "Example: manage.py build_search"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--progress", action="store_true", help="only say how much is done")
        parser.epilog = (
            "Exit codes: 0 when everything is done or after Ctrl-C or SIGTERM; "
            f"{NO_DATABASE} when the database doesn’t respond."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["progress"]:
                return self._say(SearchProgress.objects.first())
            with Stop() as stop:
                self._build(stop)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None

    def _build(self, stop: Stop) -> None:
        while not stop.asked:
            progress = actions.index_search(
                now=timezone.now(), seconds=EACH, stop=lambda: stop.asked
            )
            self._say(progress)
            if progress.finished_at:
                return

    def _say(self, progress: SearchProgress | None) -> None:
        if progress is None:
            tell(self, "Not begun yet.")
        elif progress.finished_at:
            tell(self, "All cases can be searched.")
        else:
            tell(
                self,
                f"{progress.percent}% of the cases, down to the one with id {progress.below}.",
            )
