"""How long something takes, and how much of that is the database."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

#: Enough for a median; slow ones stop sooner.
TIMES, LONGEST = 7, 1.0


class Measured(NamedTuple):
    seconds: float
    queries: int
    raw: float  # of all its queries, run again without Django
    slowest: float
    statement: str  # the slowest one


def median(action: Callable[[], object], times: int = TIMES) -> float:
    """Seconds, without the first call; at least three calls, then until time is up."""
    action()
    spent: list[float] = []
    while len(spent) < times and (len(spent) < 3 or sum(spent) < LONGEST):
        start = time.perf_counter()
        action()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def measured(action: Callable[[], object]) -> Measured:
    seconds = median(action)
    with CaptureQueriesContext(connection) as asked:
        action()
    statements = [each["sql"] for each in asked.captured_queries]
    reset_queries()
    reads = [each for each in statements if each.startswith(("SELECT", "(SELECT", "WITH"))]
    times = [(median(partial(_read, sql), 5), sql) for sql in reads if "UPDATE" not in sql]
    slowest, statement = max(times, default=(0.0, ""))
    return Measured(seconds, len(statements), sum(t for t, _ in times), slowest, statement)


def explained(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS) " + statement)
        return "\n".join(f"    {line}" for (line,) in cursor.fetchall())


def _read(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()
