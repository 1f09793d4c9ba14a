"""Puente's programs as separate processes, on the database of the running test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests import patience
from tests.patience import PATIENCE
from tools import processes

ROOT = Path(__file__).resolve().parents[2]

DRAIN = ("manage.py", "drain_outbox")
LOOP = (*DRAIN, "--loop", "--every", "0.2")
WORKER = ("-m", "celery", "-A", "config", "worker", "--pool", "solo", "--loglevel", "INFO")

_running: list[Program] = []


def database_url(name: str) -> str:
    at = connection.settings_dict
    password = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
    host = quote(at["HOST"], safe="")
    return f"postgresql://{at['USER']}{password}@{host}:{at['PORT'] or 5432}/{name}"


def environment(**changes: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "OUTBOX_CLAIM_SECONDS": "2",  # so that no one waits a minute for what a killed process held
        "MAIL_CAP_PER_HOUR": "1000000",
        "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        **changes,
    }


class Program:
    def __init__(
        self, *arguments: str, log: Path, keep_open: Sequence[int] = (), **changes: str
    ) -> None:
        self.log, self.is_expected_to_run = log, True
        command = [sys.executable, *arguments]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                # Through a script that ends it when this process dies.
                [sys.executable, "-I", "-S", processes.__file__, str(os.getpid()), *command],
                cwd=ROOT,
                env=environment(**changes),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=keep_open,
            )

    def said(self, words: str) -> bool:
        return words in self.log.read_text()

    def check(self) -> None:
        """Fails if it has ended by itself."""
        if self.is_expected_to_run and self.process.poll() is not None:
            self.is_expected_to_run = False
            raise AssertionError(f"It ended by itself. {processes.last_lines(self.log)}")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Its exit code."""
        self.is_expected_to_run = False
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """With the processes it started, including those it left behind."""
        self.is_expected_to_run = False
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(
    *arguments: str, log: Path, keep_open: Sequence[int] = (), **changes: str
) -> Iterator[Program]:
    program = Program(*arguments, log=log, keep_open=keep_open, **changes)
    _running.append(program)
    try:
        yield program
    finally:
        _running.remove(program)
        program.kill()


def wait_for(condition: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    """Fails at once if a program that should run has ended."""

    def holds() -> object:
        for program in _running:
            program.check()
        return condition()

    patience.wait_for(holds, what=what, seconds=seconds)
