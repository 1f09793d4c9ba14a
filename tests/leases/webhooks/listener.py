"""A merchant's system that answers as a test tells it to, and sometimes doesn't."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from typing import NamedTuple

from tests.patience import PATIENCE

HANG, DROP, FLOOD, DRIP = b"hang", b"drop", b"flood", b"drip"


def answer(status: int, *headers: str) -> bytes:
    lines = "".join(f"{each}\r\n" for each in headers)
    return f"HTTP/1.1 {status} So\r\n{lines}Content-Length: 0\r\n\r\n".encode()


class Request(NamedTuple):
    line: str
    headers: dict[str, str]
    body: bytes


class Listener:
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: list[bytes] = []  # the next ones; then 200
        self.requests: list[Request] = []
        self.connections = 0
        self.server_name: str | None = None
        self._tls = tls
        self._closing = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/puente?a=1", *, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def close(self) -> None:
        self._closing.set()
        for each in [self._socket, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)  # wakes who waits for it
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            with connection, connection.makefile("rb") as lines:
                first = lines.readline().decode().strip()
                headers = {}
                while line := lines.readline().decode().strip():
                    name, _, value = line.partition(": ")
                    headers[name.lower()] = value
                body = lines.read(int(headers["content-length"]))
                self.requests.append(Request(first, headers, body))
                self._answer(connection, self.answers.pop(0) if self.answers else answer(200))

    def _answer(self, connection: socket.socket, words: bytes) -> None:
        if words == HANG:
            self._closing.wait(PATIENCE)
        elif words == FLOOD:  # a line that never ends
            while True:
                connection.sendall(b"HTTP/1.1 200 " + b"x" * 65536)
        elif words == DRIP:
            while not self._closing.wait(0.05):
                connection.sendall(b"H")
        elif words != DROP:
            connection.sendall(words)
