from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from common.loop import NO_DATABASE, Stop, no_database, seconds, tell, until_stopped
from leases.webhooks.send import send_due


class Command(BaseCommand):
    help = (
        "Send the status changes that are due to merchants’ systems. You can run several at the "
        "same time, and Celery workers too. Example: manage.py send_webhooks --loop --every 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            f"Exit codes: 0 when nothing is due or after Ctrl-C or SIGTERM; {NO_DATABASE} when the "
            "database doesn’t respond. A system that doesn’t respond is tried again later."
        )
        parser.add_argument(
            "--loop", action="store_true", help="Keep running until Ctrl-C or SIGTERM."
        )
        parser.add_argument(
            "--every",
            type=seconds,
            default=2.0,
            metavar="SECONDS",
            help="With --loop: seconds between checks for new messages (default: 2).",
        )

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        with Stop() as stop:
            if not loop:
                return self._once(stop)
            tell(self, "Sending webhooks as they become due. Press Ctrl-C to stop.")
            until_stopped(self, lambda: send_due(stop=lambda: stop.asked), stop=stop, every=every)

    def _once(self, stop: Stop) -> None:
        try:
            done = send_due(seconds=float("inf"), stop=lambda: stop.asked)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        tell(self, str(done) or "Nothing is due.")
