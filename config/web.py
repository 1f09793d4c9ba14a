"""granian on a socket that somebody else listens on already: `python -m config.web DESCRIPTOR`.

granian binds its port itself, with SO_REUSEPORT: a second server of the same user binds it too, and
the kernel deals the requests out between the two. The demo and the tests hold their port from its
choice on (common/ports.py) and hand the socket over.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]

from common import ports


class HeldServer(Granian):  # type: ignore[valid-type,misc]  # one of two classes, chosen at import
    """The methods of granian that open and drop its socket, on one that is open."""

    listener: socket.socket

    def _init_shared_socket(self) -> None:
        holder: Any = SocketHolder  # its stub lacks the arguments
        self._shd = holder(self.listener.fileno(), False, ports.BACKLOG)
        self._sso = None

    def _drop_shared_socket(self) -> None:
        """Workers answer what they have; nobody new gets in."""
        self.listener.close()


def main(descriptor: int) -> None:
    listener = socket.socket(fileno=descriptor)
    server = HeldServer(
        "config.wsgi:application",
        address=listener.getsockname()[0],
        port=listener.getsockname()[1],
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    )
    server.listener = listener
    server.serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
