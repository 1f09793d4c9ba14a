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
        "Fetch customers' answers from the mailbox INBOUND_IMAP_URL names. Any number of these, "
        "and Celery workers, may run at once. Example: manage.py fetch_mail --loop --every 30"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Ends with 0 when nothing is new any more or Ctrl-C or SIGTERM asked for it, "
            f"{NO_DATABASE} without a database, {NO_MAILBOX} when the mailbox cannot be used "
            f"(its mails stay there), {SOME_LEFT} when mails were left that could not be taken: "
            "they are tried again, less and less often."
        )
        parser.add_argument("--loop", action="store_true", help="Go on until Ctrl-C or SIGTERM.")
        parser.add_argument(
            "--every",
            type=seconds,
            default=30.0,
            metavar="SECONDS",
            help="With --loop: how often to look for new mails (default: 30).",
        )

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        if settings.INBOUND_MAILBOX is None:
            raise CommandError(
                f"INBOUND_IMAP_URL is not set. Example: INBOUND_IMAP_URL={EXAMPLE}",
                returncode=NO_MAILBOX,
            )
        with Stop() as stop:
            if not loop:
                return self._once(stop)
            tell(self, "Fetching answers as they come. Ctrl-C stops.")
            until_stopped(
                self, lambda: actions.fetch_mail(stop=lambda: stop.asked), stop=stop, every=every
            )

    def _once(self, stop: Stop) -> None:
        try:
            done = actions.fetch_mail(seconds=float("inf"), stop=lambda: stop.asked)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        tell(self, str(done) or "Nothing is new.")
        if done.trouble:
            raise CommandError(
                f"The mailbox cannot be used now: {done.trouble}", returncode=NO_MAILBOX
            )
        if done.left:
            raise CommandError("Some mails were left: the log says why.", returncode=SOME_LEFT)
