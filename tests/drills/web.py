"""The web server as a separate process, and agents who write through it."""

from __future__ import annotations

import http.client
import re
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from common import ports
from common.ports import LOCAL
from tests.mail.processes import Program, running, wait_for
from tests.patience import PATIENCE
from tools.demo import answers

CSRF = "c" * 32
SAVED, ASKED = 302, 422


@contextmanager
def web(listener: socket.socket, log: Path, **changes: str) -> Iterator[Program]:
    """On a held port, so that no other server answers there before or after it."""
    program = ("-m", "config.web", str(listener.fileno()))
    changes = {"PUENTE_INSTANCE": secrets.token_hex(8), **changes}
    with running(*program, log=log, keep_open=[listener.fileno()], **changes) as server:

        def is_up() -> bool:
            assert server.process.poll() is None, log.read_text()[-2000:]
            return answers(ports.port_of(listener), changes["PUENTE_INSTANCE"])

        wait_for(is_up, what="the start of the web server")
        yield server


class Told(NamedTuple):
    """One write as its client knows it. Status 0: no answer came, so the result is unknown."""

    case: str
    text: str
    status: int
    began: float
    seconds: float

    @property
    def saved(self) -> bool:
        return self.status == SAVED

    @property
    def ended(self) -> float:
        return self.began + self.seconds


class Writer(threading.Thread):
    """An agent who sends a customer one message after the other, at a steady pace."""

    def __init__(
        self, port: int, session: str, case: str, *, every: float = 0.0, first: int = 1
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.case, self.every, self.first = port, case, every, first
        self.told: list[Told] = []
        self._version: int | None = None  # unknown
        self._stop_asked = threading.Event()
        self._headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def run(self) -> None:
        following = time.monotonic()
        while not self._stop_asked.is_set():
            self.write()
            following = max(following + self.every, time.monotonic())
            self._stop_asked.wait(following - time.monotonic())

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(PATIENCE)
        assert not self.is_alive(), "a client still waits for an answer"

    def write(self) -> Told:
        self.look()
        text = f"Mensaje {self.first + len(self.told)} del caso {self.case}."
        form = {
            "csrfmiddlewaretoken": CSRF,
            "version": self._version,
            "seen": 0,
            "visibility": "public",
            "language": "es",
            "body": text,
        }
        began = time.monotonic()
        status, page = self._ask("POST", f"/cases/{self.case}/entries/", urlencode(form))
        if status == ASKED and (asked := re.search(r'name="asked" value="(\w+)"', page)):
            # Some customers read English. Asked about that, the agent saves again.
            again = urlencode(form | {"asked": asked[1]})
            status, _ = self._ask("POST", f"/cases/{self.case}/entries/", again)
        told = Told(self.case, text, status, began, time.monotonic() - began)
        self.told.append(told)
        # Otherwise the result is unknown.
        self._version = self._version + 1 if told.saved else None
        return told

    def look(self) -> None:
        """The version the page shows, unless that is known."""
        if self._version is None:
            self._version = self._shown()

    def _shown(self) -> int:
        """Once there is a page."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, page = self._ask("GET", f"/cases/{self.case}/")
            if status == 200 and (found := re.search(r'name="version" value="(\d+)"', page)):
                return int(found[1])
            time.sleep(0.1)
        raise TimeoutError(f"no page of case {self.case}, at last {status}")

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection(LOCAL, self.port, timeout=40)
        try:
            connection.request(method, path, body or None, self._headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            with suppress(OSError):
                connection.close()


@contextmanager
def writing(writers: list[Writer]) -> Iterator[None]:
    for writer in writers:
        writer.start()
    try:
        yield
    finally:
        for writer in writers:
            writer.stop()


def write_at_once(writers: list[Writer]) -> list[Told]:
    """Each one message."""
    with ThreadPoolExecutor(len(writers)) as pool:
        return list(pool.map(Writer.write, writers))


def all_told(writers: list[Writer]) -> list[Told]:
    return [told for writer in writers for told in list(writer.told)]


def p99(told: list[Told]) -> float:
    seconds = sorted(each.seconds for each in told)
    return seconds[min(len(seconds) - 1, int(len(seconds) * 0.99))]
