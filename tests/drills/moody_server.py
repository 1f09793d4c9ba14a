"""A mail server with moods, in general and towards each recipient."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections import Counter, defaultdict
from contextlib import suppress
from email import message_from_bytes

from tests.drills.checker import mail_id
from tests.patience import PATIENCE

STALL, DROP = "stall", "drop"
_GOOD = {
    "OPEN": "220 hello", "EHLO": "250 hello", "MAIL": "250 go on", "RCPT": "250 go on",
    "DATA": "354 go on", "DOT": "250 stored", "RSET": "250 forgotten", "QUIT": "221 bye",
}  # fmt: skip


class Gone(Exception):
    """The connection is over."""


class MoodyServer:
    """`moods`: what everyone is answered, by command (OPEN: the greeting).

    `plans`: by recipient, what the next attempts are answered: a command (DOT: the end of a text)
    and its answer, one for each attempt; afterwards all is well. A text that was sent counts as
    arrived unless it was refused, whether or not the server said so.
    """

    def __init__(self) -> None:
        self.moods: dict[str, str] = {}
        self.plans: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.came: Counter[str] = Counter()
        self.closing = threading.Event()
        self._server: socketserver.ThreadingTCPServer | None = None
        self.port = 0
        self.listen()

    def listen(self) -> None:
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(Gone, OSError):
                    _Talk(server, self).go()

        class Listener(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        self._server = Listener(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def leave(self) -> None:
        """Stops listening; `listen` takes the same port again."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def close(self) -> None:
        self.closing.set()
        self.leave()


class _Talk:
    def __init__(self, server: MoodyServer, handler: socketserver.StreamRequestHandler) -> None:
        self.server, self.lines, self.out = server, handler.rfile, handler.wfile
        self.connection: socket.socket = handler.connection
        self.plan: tuple[str, str] | None = None

    def go(self) -> None:
        self.answer("OPEN")
        while line := self.lines.readline():
            words = line.decode("ascii").strip()
            command = words[:4].upper()
            if command == "RCPT":
                waiting = self.server.plans[words.partition("<")[2].rstrip(">")]
                self.plan = waiting.pop(0) if waiting else None
            good = self.answer(command)
            if command == "DATA" and good.startswith("354"):
                self.take()
            elif command == "QUIT":
                return

    def take(self) -> None:
        text = b"".join(iter(self._line, b".\r\n"))
        if not (self._planned("DOT") or "").startswith(("4", "5")):
            self.server.came[mail_id(str(message_from_bytes(text)["Message-ID"]))] += 1
        self.answer("DOT")
        self.plan = None

    def answer(self, command: str) -> str:
        said = self._planned(command) or _GOOD.get(command, "502 what")
        if said == STALL:
            self.server.closing.wait(PATIENCE)
        if said in {STALL, DROP}:
            raise Gone
        self.out.write(said.encode() + b"\r\n")
        if said.startswith("421"):
            raise Gone
        return said

    def _planned(self, command: str) -> str | None:
        if self.plan and self.plan[0] == command:
            return self.plan[1]
        return self.server.moods.get(command)

    def _line(self) -> bytes:
        line = self.lines.readline()
        if not line:
            raise Gone
        return line[1:] if line.startswith(b"..") else line
