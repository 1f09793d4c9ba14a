"""Valkey, for short-lived values that may be forgotten: what must not be lost is in PostgreSQL."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import redis
from django.conf import settings

log = logging.getLogger(__name__)

PATIENCE = 0.2  # seconds to wait for it
QUIET = 2.0  # seconds to leave it alone after a failure
Pipeline = redis.client.Pipeline
Commands = Callable[[Pipeline], object]

_quiet_until = 0.0


class ValkeyAway(Exception):
    """It doesn't answer."""


@cache
def _connection() -> redis.Redis:
    return redis.Redis.from_url(
        address_of(settings.REDIS_URL),
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        decode_responses=True,
    )


def address_of(url: str) -> str:
    """kombu's notation of a socket in redis-py's."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    path = unquote(parts.netloc + parts.path)
    return f"unix://{path}?db={parse_qs(parts.query).get('virtual_host', ['0'])[0]}"


def run(commands: Commands, *, even_if_quiet: bool = False) -> list[Any]:
    """What it answers to a few commands, sent together. ValkeyAway, also for `QUIET` after it
    failed, so that no one waits for it again and again.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until and not even_if_quiet:
        raise ValkeyAway
    try:
        with _connection().pipeline(transaction=False) as together:
            commands(together)
            answers: list[Any] = together.execute()
            return answers
    except redis.RedisError as error:
        _quiet_until = time.monotonic() + QUIET
        log.warning("valkey_failed error=%s", type(error).__name__)
        raise ValkeyAway from error


def reconnect() -> None:
    """Forgets the connection and the last failure: the address has changed."""
    global _quiet_until
    _quiet_until = 0.0
    _connection.cache_clear()
