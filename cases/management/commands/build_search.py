from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from cases import actions
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
        parser.epilog = (
            "Exit codes: 0 when everything is done or after Ctrl-C or SIGTERM; "
            f"{NO_DATABASE} when the database doesn’t respond."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with Stop() as stop:
            try:
                while not stop.asked:
                    progress = actions.index_search(
                        now=timezone.now(), seconds=EACH, stop=lambda: stop.asked
                    )
                    if progress.finished_at:
                        return tell(self, "All cases can be searched.")
                    tell(
                        self,
                        f"{progress.percent}% of the cases, down to the one with id "
                        f"{progress.below}.",
                    )
            except (OperationalError, InterfaceError) as error:
                raise CommandError(no_database(error), returncode=NO_DATABASE) from None
