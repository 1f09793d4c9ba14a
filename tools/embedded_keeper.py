"""Waits until no one uses the embedded servers anymore, then stops them.

Run as a script by tools/embedded.py with only the standard library, so that it stays small and
outlives whatever started it: a killed program can't clean up after itself.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass

PATIENCE = 20.0


@dataclass(frozen=True)
class Server:
    """A server whose processes all inherited an open, locked `lock`: if it's free, none is left."""

    lock: str
    socket: str
    polite: int
    harsh: int


def servers(home: str, sockets: str) -> list[Server]:
    postgres = f"{sockets}/.s.PGSQL.5432"
    return [
        Server(f"{home}/valkey.lock", f"{sockets}/valkey.sock", signal.SIGTERM, signal.SIGKILL),
        # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (recovers at the next
        # start).
        Server(f"{home}/postgres.lock", postgres, signal.SIGINT, signal.SIGQUIT),
    ]


def try_lock(path: str) -> int | None:
    """The locked file's descriptor, or None if another process holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def listener(path: str) -> int | None:
    """The process that listens there, as the kernel says: a stored process id can be stale."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        try:
            connection.connect(path)
            if sys.platform == "darwin":
                pid = int.from_bytes(connection.getsockopt(0, 2, 4), sys.byteorder)  # LOCAL_PEERPID
            else:
                size = struct.calcsize("3i")
                pid = struct.unpack(
                    "3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
                )[0]
        except OSError:
            return None
    return pid or None


def stop_server(server: Server) -> None:
    """Stops the server and waits for it, even if it's still starting and not yet listening."""
    began = time.monotonic()
    asked: set[tuple[int, int]] = set()
    while (descriptor := try_lock(server.lock)) is None:
        waited = time.monotonic() - began
        if waited > 2 * PATIENCE:
            return
        pid = listener(server.socket)
        how = server.polite if waited < PATIENCE else server.harsh
        if pid and (pid, how) not in asked:
            asked.add((pid, how))
            os.kill(pid, how)
        time.sleep(0.01)
    os.close(descriptor)


def stop_all(home: str, sockets: str) -> None:
    for server in servers(home, sockets):
        stop_server(server)
    with contextlib.suppress(OSError):  # leaves no empty folder in /tmp
        os.rmdir(sockets)


def main(home: str, sockets: str, keeper_lock: int) -> None:
    if os.fork():  # the starting process must neither wait for it nor leave a zombie behind
        os._exit(0)
    os.chdir("/")
    users = os.open(f"{home}/users.lock", os.O_RDWR | os.O_CLOEXEC)
    fcntl.flock(users, fcntl.LOCK_EX)
    stop_all(home, sockets)
    # In this order: the next holder of the users' lock must find the keeper's place free.
    os.close(keeper_lock)
    os.close(users)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
