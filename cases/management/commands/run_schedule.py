from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

from celery import Task
from celery.app.utils import find_app
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from common.loop import NO_DATABASE, Stop, no_database, tell, until_stopped

log = logging.getLogger(__name__)

SOMETHING_FAILED = 3
LOOK = 0.5  # seconds


@dataclass
class _Job:
    task: Task
    every: float  # seconds
    due: float = 0.0  # by the monotonic clock; at first, now

    def run(self) -> bool:
        """One that fails must not stop the others; without a database all of them fail."""
        self.due = time.monotonic() + self.every
        try:
            self.task()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("schedule_failed task=%s", self.task.name)
            return False
        return True


class Command(BaseCommand):
    help = (
        "Do scheduled work without Celery or its broker: email in and out, follow-ups, reminders, "
        "reports, expirations, fees, webhooks. It’s safe to run beside Celery. "
        "Example: manage.py run_schedule --loop"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Without --loop, each task runs once. Exit codes: 0 when everything ran or after "
            f"Ctrl-C or SIGTERM; {NO_DATABASE} when the database doesn’t respond; "
            f"{SOMETHING_FAILED} when a task failed (see the log)."
        )
        parser.add_argument(
            "--loop", action="store_true", help="Keep running until Ctrl-C or SIGTERM."
        )

    def handle(self, *args: Any, loop: bool, **options: Any) -> None:
        jobs = _jobs()
        with Stop() as stop:
            if not loop:
                return self._once(jobs, stop)
            tell(self, "Running scheduled work. Press Ctrl-C to stop.")
            until_stopped(self, lambda: _do_due(jobs, stop), stop=stop, every=LOOK)

    def _once(self, jobs: list[_Job], stop: Stop) -> None:
        try:
            well = [job.run() for job in jobs if not stop.asked]
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        if not all(well):
            raise CommandError("A task failed. See the log.", returncode=SOMETHING_FAILED)


def _jobs() -> list[_Job]:
    """The schedule of `celery -A config beat`, so that nothing is scheduled in two places."""
    schedule = find_app("config").conf.beat_schedule.values()
    return [_Job(import_string(entry["task"]), entry["schedule"]) for entry in schedule]


def _do_due(jobs: list[_Job], stop: Stop) -> None:
    for job in jobs:
        if not stop.asked and job.due <= time.monotonic():
            job.run()
