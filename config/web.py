"""Runs granian on a socket that another process already listens on: `python -m config.web
DESCRIPTOR`.

granian binds its own port with SO_REUSEPORT, so a second server of the same user can bind it too,
and the kernel splits the requests between the two. The demo and the tests keep their port from the
moment they choose it (common/ports.py) and pass the socket on.
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
    """Replaces the methods of granian that open and close its socket, to use one that is already
    open.
    """

    listener: socket.socket

    def _init_shared_socket(self) -> None:
        holder: Any = SocketHolder  # its type stub lacks the arguments
        self._shd = holder(self.listener.fileno(), False, ports.BACKLOG)
        self._sso = None

    def _drop_shared_socket(self) -> None:
        """Workers finish the requests they have; no new ones come in."""
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
