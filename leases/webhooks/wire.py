"""One POST to one address, over within seconds whatever the other side does.

Our own HTTP, because only the first line of the answer counts: nothing is followed, unpacked or
kept, and one deadline covers connecting, TLS, sending and reading.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from functools import cache

from leases.enums import DeliveryError
from leases.webhooks.addresses import RefusedError, Target, public_addresses

SECONDS = 5.0
MOST_READ = 16 * 1024
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r?\n")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


def post(target: Target, headers: Mapping[str, str], body: bytes, *, seconds: float) -> int:
    """The status of the answer. RefusedError with the reason if there was none."""
    deadline = time.monotonic() + seconds

    def left() -> float:
        rest = deadline - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        return rest

    addresses = public_addresses(target.host, target.port)
    try:
        with _connected(target, addresses, left) as connection:
            connection.settimeout(left())
            connection.sendall(_request(target, headers, body))
            return _status(connection, left)
    except TimeoutError:
        raise RefusedError(DeliveryError.TIME_OUT) from None
    except ssl.SSLError:
        raise RefusedError(DeliveryError.TLS) from None
    except OSError:
        raise RefusedError(DeliveryError.CONNECTION) from None


def _connected(target: Target, addresses: list[str], left: Callable[[], float]) -> socket.socket:
    """Connects to one of the addresses that were checked; the certificate must be for the name."""
    error: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=left())
        except TimeoutError:
            raise
        except OSError as failed:
            error = failed
            continue
        if not target.is_secure:
            return plain
        try:
            plain.settimeout(left())
            return _tls().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise error or OSError("no address")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = {
        "Host": target.authority,
        "User-Agent": "Puente-Webhooks/1",
        "Accept": "*/*",
        "Connection": "close",
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _status(connection: socket.socket, left: Callable[[], float]) -> int:
    """Of the final answer; interim ones (1xx) come before it."""
    read = b""
    while len(read) < MOST_READ:
        connection.settimeout(left())
        part = connection.recv(4096)
        read += part
        while line := _STATUS.match(read):
            status = int(line[1])
            if not 100 <= status < 200:
                return status
            end = _END_OF_HEAD.search(read)
            if end is None:
                break
            read = read[end.end() :]
        if not part:
            break
    raise RefusedError(DeliveryError.NOT_HTTP)
