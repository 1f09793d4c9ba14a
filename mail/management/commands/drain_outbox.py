from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from common.company_day import company_zone
from common.loop import NO_DATABASE, Stop, no_database, seconds, tell, until_stopped
from mail.outbound.send import send_mail
from mail.queries import outbox as queries

NO_MAIL_SERVER = 3


class Command(BaseCommand):
    help = (
        "Send the email that’s due. You can run several at the same time, and Celery workers too. "
        "Example: manage.py drain_outbox --loop --every 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            f"Exit codes: 0 when nothing is due or after Ctrl-C or SIGTERM; {NO_DATABASE} when the "
            f"database doesn’t respond; {NO_MAIL_SERVER} when the mail server can’t be used (the "
            "email is sent later)."
        )
        parser.add_argument(
            "--loop", action="store_true", help="Keep running until Ctrl-C or SIGTERM."
        )
        parser.add_argument(
            "--every",
            type=seconds,
            default=2.0,
            metavar="SECONDS",
            help="With --loop: seconds between checks for new email (default: 2).",
        )

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        with Stop() as stop:
            if not loop:
                return self._once(stop)
            tell(self, "Sending email as it becomes due. Press Ctrl-C to stop.")
            until_stopped(self, lambda: send_mail(stop=lambda: stop.asked), stop=stop, every=every)

    def _once(self, stop: Stop) -> None:
        try:
            done = send_mail(seconds=float("inf"), stop=lambda: stop.asked)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(no_database(error), returncode=NO_DATABASE) from None
        tell(self, str(done) or _nothing_due(timezone.now()))
        if done.trouble:
            raise CommandError(
                f"The mail server can’t be used right now: {done.trouble}",
                returncode=NO_MAIL_SERVER,
            )


def _nothing_due(now: datetime) -> str:
    count, first = queries.waiting(now)
    if first is None:
        return "Nothing is due."
    at = first.astimezone(company_zone())
    day = f"{at:%A}" if first - now < timedelta(days=6) else f"{at:%Y-%m-%d}"
    wait = "1 email is waiting" if count == 1 else f"{count} emails are waiting"
    return f"Nothing is due. {wait}, the first until {day}, {at.hour}:{at:%M %Z}."
