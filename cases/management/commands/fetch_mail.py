from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from cases import actions
from common.loop import NO_DATABASE, Stop, no_database, seconds, tell, until_stopped

NO_MAILBOX = 3
SOME_LEFT = 4
EXAMPLE = "imaps://replies%40puente.example.com:password@imap.example.com/INBOX"


class Command(BaseCommand):
    help = (
        "Fetch customers’ replies from the mailbox in INBOUND_IMAP_URL. You can run several at the "
        "same time, and Celery workers too. Example: manage.py fetch_mail --loop --every 30"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Exit codes: 0 when there is nothing new or after Ctrl-C or SIGTERM; "
            f"{NO_DATABASE} when the database doesn’t respond; {NO_MAILBOX} when the mailbox can’t "
            f"be used (its email stays there); {SOME_LEFT} when some email couldn’t be processed "
            "(it’s tried again, less and less often)."
        )
        parser.add_argument(
            "--loop", action="store_true", help="Keep running until Ctrl-C or SIGTERM."
        )
        parser.add_argument(
            "--every",
            type=seconds,
            default=30.0,
            metavar="SECONDS",
            help="With --loop: seconds between checks for new email (default: 30).",
        )

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        if settings.INBOUND_MAILBOX is None:
            raise CommandError(
                f"INBOUND_IMAP_URL isn’t set. Example: INBOUND_IMAP_URL={EXAMPLE}",
                returncode=NO_MAILBOX,
            )
        with Stop() as stop:
            if not loop:
                return self._once(stop)
            tell(self, "Fetching replies as they come in. Press Ctrl-C to stop.")
            until_stopped(
                self, lambda: actions.fetch_mail(stop=lambda: stop.asked), stop=stop, every=every
            )

    def _once(self, stop: Stop) -> None:
        try:
            done = actions.fetch_mail(seconds=float("inf"), stop=lambda: stop.asked)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        tell(self, str(done) or "No new email.")
        if done.trouble:
            raise CommandError(
                f"The mailbox can’t be used right now: {done.trouble}", returncode=NO_MAILBOX
            )
        if done.left:
            raise CommandError(
                "Some email couldn’t be processed. See the log.", returncode=SOME_LEFT
            )
