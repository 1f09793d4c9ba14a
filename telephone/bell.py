"""Tells browsers that something changed on an agent's phone, without asking PostgreSQL.

One short-lived value for each agent, in Valkey, which may forget it: pages read the rows.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

import redis
from django.conf import settings

log = logging.getLogger(__name__)

PATIENCE = 0.2  # seconds to wait for Valkey
QUIET = 2.0  # seconds to leave it alone after a failure
KEPT = 12 * 60 * 60  # seconds, as long as a session
KEY = "telephone:{}"

_quiet_until = 0.0


class BellAway(Exception):
    """Valkey doesn't answer."""


@cache
def _valkey() -> redis.Redis:
    return redis.Redis.from_url(
        _address(settings.REDIS_URL),
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        decode_responses=True,
    )


def _address(url: str) -> str:
    """kombu's notation of a socket in redis-py's."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    path = unquote(parts.netloc + parts.path)
    return f"unix://{path}?db={parse_qs(parts.query).get('virtual_host', ['0'])[0]}"


def ring(agents: Iterable[int]) -> None:
    global _quiet_until
    try:
        with _valkey().pipeline(transaction=False) as together:
            for agent in agents:
                together.set(KEY.format(agent), secrets.token_hex(6), ex=KEPT)
            together.execute()
    except redis.RedisError as error:
        _quiet_until = time.monotonic() + QUIET
        log.warning("phone_bell_failed error=%s", type(error).__name__)


def last_ring(agent: int) -> str:
    """Another value after each change; empty if there was none lately. BellAway."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        raise BellAway
    try:
        return str(_valkey().get(KEY.format(agent)) or "")
    except redis.RedisError as error:
        _quiet_until = time.monotonic() + QUIET
        raise BellAway from error
