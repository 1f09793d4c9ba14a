"""One JSON POST to another system, with limits on the answer's size and time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

_KIND = {"Content-Type": "application/json", "Accept": "application/json"}


class AnswerTooLong(Exception):
    pass


class Answer(NamedTuple):
    status: int
    body: bytes  # empty unless the status is 200


def post_json(
    url: str, body: bytes, *, seconds: float, most_bytes: int, headers: Mapping[str, str] = {}
) -> Answer:
    """`seconds` limits each wait, and the whole answer if it only trickles in.

    Raises OSError (TimeoutError too) and HTTPException if there is no answer, AnswerTooLong past
    `most_bytes`.
    """
    until = time.monotonic() + seconds
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body, {**_KIND, **headers})
        with connection.getresponse() as response:
            read = _read(response, until, most_bytes) if response.status == 200 else b""
            return Answer(response.status, read)
    finally:
        connection.close()


def _read(response: HTTPResponse, until: float, most_bytes: int) -> bytes:
    answer = b""
    while part := response.read1(most_bytes):
        answer += part
        if len(answer) > most_bytes:
            raise AnswerTooLong
        if time.monotonic() > until:
            raise TimeoutError
    return answer
