"""Rings for a task after commit, so that a worker looks at once instead of within seconds.

It may get lost. The rows are in PostgreSQL, and beat and `manage.py run_schedule --loop` find them,
so a broker that is away must neither fail nor hold up the request.
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

PATIENCE = 0.1  # seconds for each word with the broker
QUIET = 5.0  # seconds without another try after one failed; beat comes round as often

_quiet_until = 0.0


@cache
def _publisher() -> Celery:
    """Not the worker's app: its socket time-outs are for waiting, ours for not waiting."""
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
        # A ring nobody took in time has nothing left to say.
        _publisher().send_task(task, retry=False, ignore_result=True, expires=QUIET)
    except Exception as error:  # whatever it is, it must not reach the request
        _quiet_until = time.monotonic() + QUIET
        log.warning("nudge_failed task=%s error=%s", task, type(error).__name__)


def once_on_commit(bell: Callable[[], None]) -> None:
    """Once per transaction, however many rows it writes."""
    waiting = (entry[1] for entry in transaction.get_connection().run_on_commit)
    if bell not in waiting:
        transaction.on_commit(bell, robust=True)
