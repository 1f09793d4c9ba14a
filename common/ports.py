"""Local ports, held from the moment they are chosen."""

from __future__ import annotations

import errno
import socket

LOCAL = "127.0.0.1"
TRIES = 200
BACKLOG = 1024


class PortError(RuntimeError):
    """No port was free; the message says why and what to do."""


def hold(wanted: int, what: str) -> socket.socket:
    """Listen on `wanted`, or on the next free port and say so. 0 takes any.

    The socket listens already, without SO_REUSEPORT. No one else can take the port, and a
    client that connects before the server is ready waits instead of being refused.
    """
    for port in range(wanted, min(wanted + TRIES, 65536)):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOCAL, port))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE:
                continue
            raise PortError(
                f"Port {port} can’t be used for the {what}: {error.strerror}. Choose another."
            ) from error
        if port != wanted:
            print(f"Port {wanted} is taken, so the {what} uses {port}.", flush=True)
        return listener
    raise PortError(f"There’s no free port from {wanted} up for the {what}. Choose another.")


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])
