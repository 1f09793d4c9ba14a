from __future__ import annotations

import os
import select
import signal
from argparse import ArgumentTypeError
from typing import Any, Self

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection

from cases.mail import outbox
from cases.mail.outbox import Drained

NO_DATABASE, NO_MAIL_SERVER = 1, 3
LONGEST_WAIT = 30.0


class Stop:
    """Ctrl-C and SIGTERM ask for an end between two mails; a second one ends at once."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self) -> None:
        self.asked = False
        self._bell, self._ring = os.pipe()

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._ask) for number in self.SIGNALS}
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._bell)
        os.close(self._ring)

    def _ask(self, number: int, frame: object) -> None:
        self.asked = True
        os.write(self._ring, b"!")
        for each in self.SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    def wait(self, seconds: float) -> None:
        """Less if somebody asks meanwhile. A pipe, because a lock may be held as a signal comes."""
        if not self.asked:
            select.select([self._bell], [], [], seconds)


class Command(BaseCommand):
    help = (
        "Send the mails that are due. Any number of these, and Celery workers, may run at once. "
        "Example: manage.py drain_outbox --loop --every 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Ends with 0 when nothing is due any more or Ctrl-C or SIGTERM asked for it, "
            f"{NO_DATABASE} without a database, {NO_MAIL_SERVER} when the mail server cannot be "
            "used (its mails stay for later)."
        )
        parser.add_argument("--loop", action="store_true", help="Go on until Ctrl-C or SIGTERM.")
        parser.add_argument(
            "--every",
            type=_seconds,
            default=2.0,
            metavar="SECONDS",
            help="With --loop: how often to look for new mails (default: 2).",
        )

    def handle(self, *args: Any, loop: bool, every: float, **options: Any) -> None:
        with Stop() as stop:
            if loop:
                self._loop(stop, every)
            else:
                self._once(stop)

    def _once(self, stop: Stop) -> None:
        try:
            done = outbox.drain(seconds=float("inf"), stop=lambda: stop.asked)
        except (OperationalError, InterfaceError) as error:
            raise CommandError(_no_database(error), returncode=NO_DATABASE) from None
        self._tell(done, or_else="Nothing is due.")
        if done.trouble:
            raise CommandError(
                f"The mail server cannot be used now: {done.trouble}", returncode=NO_MAIL_SERVER
            )

    def _loop(self, stop: Stop, every: float) -> None:
        self._tell(None, or_else="Sending mails as they fall due. Ctrl-C stops.")
        failures = 0
        while not stop.asked:
            try:
                done = outbox.drain(stop=lambda: stop.asked)
            except (OperationalError, InterfaceError) as error:
                connection.close()  # the next try makes a new one
                failures += 1
                wait = min(LONGEST_WAIT, 2.0 ** min(failures - 1, 10))
                self.stderr.write(f"{_no_database(error)} Next try in {wait:.0f} s.")
                stop.wait(wait)
                continue
            if failures:
                failures = 0
                self.stderr.write("The database answers again.")
            self._tell(done)
            stop.wait(every)
        self.stdout.write("Stopped.")

    def _tell(self, done: Drained | None, or_else: str = "") -> None:
        if text := str(done or "") or or_else:
            self.stdout.write(text)
            self.stdout.flush()


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 3600:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds up to 3600")
    return value


def _no_database(error: Exception) -> str:
    return f"The database does not answer ({type(error).__name__})."
