"""Things that happen at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection, connections

from tests.patience import PATIENCE

T = TypeVar("T")

#: The fixture `meanwhile`.
Meanwhile = Callable[[Callable[[], Any]], Future[Any]]


def at_once(*works: Callable[[], T]) -> list[T | Exception]:
    """What each returned or raised. All start together, each on its own database connection."""
    barrier = threading.Barrier(len(works))

    def one(work: Callable[[], T]) -> T | Exception:
        try:
            barrier.wait(PATIENCE)
            return work()
        except Exception as error:  # for the test to look at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def waiting_for_locks() -> int:
    """How many other connections to this database wait for a lock."""
    with connection.cursor() as cursor:
        # otherwise a transaction sees its first one
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])
