"""Notifies a worker after commit, so that a task runs at once instead of within seconds.

The message may get lost. The rows are in PostgreSQL, and beat and `manage.py run_schedule --loop`
find them. So a broker that is down must neither fail nor delay the request.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache

from celery import Celery
from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

PATIENCE = 0.1  # seconds to wait for the broker
QUIET = 5.0  # seconds to skip the broker after a failure; beat runs as often

_quiet_until = 0.0


@cache
def _publisher() -> Celery:
    """Not the worker's app: its socket timeouts are long, ours must be short."""
    app = Celery("nudge", broker=settings.REDIS_URL, set_as_current=False)
    app.conf.update(
        task_serializer="json",
        task_ignore_result=True,
        broker_connection_timeout=PATIENCE,
        broker_transport_options={
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry_on_timeout": False,
            "max_retries": 0,
        },
    )
    return app


def ring(task: str) -> None:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        # Beat has run by then, so an older message is useless.
        _publisher().send_task(task, retry=False, ignore_result=True, expires=QUIET)
    except Exception as error:  # whatever goes wrong here must not fail the request
        _quiet_until = time.monotonic() + QUIET
        log.warning("nudge_failed task=%s error=%s", task, type(error).__name__)


def once_on_commit(bell: Callable[[], None]) -> None:
    """Once per transaction, however many rows it writes."""
    waiting = (entry[1] for entry in transaction.get_connection().run_on_commit)
    if bell not in waiting:
        transaction.on_commit(bell, robust=True)
