from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from common.loop import NO_DATABASE, Stop, no_database, seconds, tell, until_stopped
from leases.webhooks.send import send_due


class Command(BaseCommand):
    help = (
        "Send merchants' systems the status changes that are due. Any number of these, and Celery "
        "workers, may run at once. Example: manage.py send_webhooks --loop --every 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Ends with 0 when nothing is due any more or Ctrl-C or SIGTERM asked for it, "
            f"{NO_DATABASE} without a database. A system that does not answer is tried again later."
        )
        parser.add_argument("--loop", action="store_true", help="Go on until Ctrl-C or SIGTERM.")
        parser.add_argument(
            "--every",
            type=seconds,
            default=2.0,
            metavar="SECONDS",
            help="With --loop: how often to look for new messages (default: 2).",
        )

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        with Stop() as stop:
            if not loop:
                return self._once(stop)
            tell(self, "Sending webhooks as they fall due. Ctrl-C stops.")
            until_stopped(self, lambda: send_due(stop=lambda: stop.asked), stop=stop, every=every)

    def _once(self, stop: Stop) -> None:
        try:
            done = send_due(seconds=float("inf"), stop=lambda: stop.asked)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        tell(self, str(done) or "Nothing is due.")
