"""An SMTP server that answers as a test tells it to, and sometimes doesn't."""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.patience import PATIENCE

STALL, DROP = "stall", "drop"
#: The good answer, once `patient` is set.
LATE = "late"
#: Starts an answer that comes byte by byte, without end.
DRIP = "drip"
_GOOD = {
    "OPEN": "220 hello",
    "EHLO": "250 hello",
    "MAIL": "250 go on",
    "RCPT": "250 go on",
    "DATA": "354 go on",
    "DOT": "250 stored",
    "RSET": "250 forgotten",
    "QUIT": "221 bye",
}


class ScriptedServer:
    def __init__(self, before_silence: Callable[[], None] = lambda: None) -> None:
        """`before_silence` is called before an answer that never comes."""
        self._before_silence = before_silence
        self.answers: dict[str, list[str]] = defaultdict(list)
        self.stored: list[bytes] = []
        self.commands: list[str] = []
        self.connections = 0
        self.patient = threading.Event()
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def next(self, command: str, *answers: str) -> None:
        """The next answers to a command (OPEN: the greeting, DOT: the end of a text)."""
        self.answers[command] += answers
        if {STALL, DRIP, LATE} & set(answers):
            self._before_silence()

    def close(self) -> None:
        self._closing.set()
        for each in [self._listener, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)  # wakes who waits for it
            each.close()

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=default) for content in self.stored]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as lines:
                if not self._answer(connection, "OPEN"):
                    return
                in_mail = False
                for line in lines:
                    command = line.decode("ascii").strip()
                    self.commands.append(command)
                    verb = command[:4].upper()
                    if verb == "MAIL" and in_mail:  # as real servers do
                        connection.sendall(b"503 one mail at a time\r\n")
                        continue
                    in_mail = verb in {"MAIL", "RCPT"} or (in_mail and verb == "DATA")
                    if not self._answer(connection, verb) or verb == "QUIT":
                        return
                    if verb == "DATA" and self._last.startswith("354"):
                        text = b"".join(iter(lambda: self._line(lines), b".\r\n"))
                        # what was sent counts, whether or not it's answered
                        if not self.answers["DOT"] or self.answers["DOT"][0] in {STALL, DROP, LATE}:
                            self.stored.append(text)
                        if not self._answer(connection, "DOT"):
                            return
                        in_mail = False
        except OSError:
            return

    @staticmethod
    def _line(lines: object) -> bytes:
        line: bytes = lines.readline()  # type: ignore[attr-defined]
        if not line:
            raise OSError("gone")
        return line[1:] if line.startswith(b"..") else line

    def _answer(self, connection: socket.socket, command: str) -> bool:
        queue = self.answers[command]
        self._last = queue.pop(0) if queue else _GOOD.get(command, "502 what")
        if self._last == LATE:
            self.patient.wait(PATIENCE)
            self._last = _GOOD[command]
        if self._last == STALL:
            self._closing.wait(PATIENCE)
            return False
        if self._last == DROP:
            return False
        if self._last == DRIP:
            while not self._closing.wait(0.1):
                connection.sendall(b"2")
            return False
        connection.sendall(self._last.encode() + b"\r\n")
        return not self._last.startswith("421")
