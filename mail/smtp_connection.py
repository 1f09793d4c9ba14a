"""smtplib and Django's use of it, with a limit on every wait."""

from __future__ import annotations

import io
import math
import smtplib
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend


class Connection(smtplib.SMTP):
    """Listens to the server until a set time; smtplib would wait anew for every few bytes."""

    until = math.inf
    #: Asked once when the time is over, for the time to add; 0.0 for none.
    longer: Callable[[], float] | None = None

    def __init__(self, *args: Any, until: float, **options: Any) -> None:
        self.until = until
        super().__init__(*args, **options)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = io.BufferedReader(_Reader(self))
        return super().getreply()

    def goes_on(self) -> bool:
        """After a silence."""
        if time.monotonic() < self.until:
            return True
        longer, self.longer = self.longer, None
        seconds = longer() if longer else 0.0
        self.until = time.monotonic() + seconds
        return seconds > 0


class _ConnectionOverTls(Connection, smtplib.SMTP_SSL):
    pass


class _Reader(io.RawIOBase):
    def __init__(self, smtp: Connection) -> None:
        self._smtp = smtp

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        sock = cast(socket.socket, self._smtp.sock)
        while True:
            try:
                hurry(sock, self._smtp.until, least=0)
                return sock.recv_into(buffer)
            except TimeoutError:
                if not self._smtp.goes_on():
                    raise


class Backend(EmailBackend):
    """Django's backend, for its reading of the settings: encryption and sign-in."""

    @property
    def connection_class(self) -> Any:
        kind = _ConnectionOverTls if self.use_ssl else Connection
        return partial(kind, until=time.monotonic() + cast(float, self.timeout))


def hurry(sock: socket.socket, until: float, *, least: float) -> None:
    """Limits the wait for the next answer; TimeoutError if `least` seconds or fewer are left."""
    left = until - time.monotonic()
    if left <= least:
        raise TimeoutError
    sock.settimeout(min(left, settings.EMAIL_TIMEOUT))
