"""Shared by commands that run until they are told to stop."""

from __future__ import annotations

import logging
import os
import select
import signal
from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Self

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)

NO_DATABASE = 1
LONGEST_WAIT = 30.0


class Stop:
    """Ctrl-C and SIGTERM stop after the current piece of work; a second one stops at once."""

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
        """Returns early if told to stop. Uses a pipe, because a signal can arrive while a lock is
        held.
        """
        if not self.asked:
            select.select([self._bell], [], [], seconds)


def until_stopped(
    command: BaseCommand, work: Callable[[], object], *, stop: Stop, every: float
) -> None:
    """Log what the work returns, if anything. Wait longer after each failure."""
    failures, better = 0, ""
    while not stop.asked:
        try:
            done = str(work() or "")
        except CommandError:
            raise
        except Exception as error:  # whatever went wrong, the next piece of work may succeed
            if isinstance(error, OperationalError | InterfaceError):
                connection.close()  # the next try opens a new one
                trouble, better = no_database(error), "The database is responding again."
            else:
                log.exception("loop_failed error=%s", type(error).__name__)
                trouble, better = (
                    f"Something failed ({type(error).__name__}).",
                    "It’s working again.",
                )
            failures += 1
            wait = min(LONGEST_WAIT, 2.0 ** min(failures - 1, 10))
            command.stderr.write(f"{trouble} Trying again in {wait:.0f} s.")
            stop.wait(wait)
            continue
        if failures:
            failures = 0
            command.stderr.write(better)
        tell(command, done)
        stop.wait(every)
    tell(command, "Stopped.")


def tell(command: BaseCommand, text: str) -> None:
    if text:
        command.stdout.write(text)
        command.stdout.flush()


def seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 3600:
        raise ArgumentTypeError(f"{text!r} isn’t a number of seconds up to 3600")
    return value


def no_database(error: Exception) -> str:
    return f"The database doesn’t respond ({type(error).__name__})."
