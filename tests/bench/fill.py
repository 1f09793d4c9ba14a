"""A company's years in rows: INSERT … SELECT, the same on every run, all tables in proportion."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from cases.models import Case
from mail.kinds import all_kinds
from mail.texts import current_texts

STEPS = Path(__file__).with_name("company")

#: For every 10 cases: 3 customers, 6 leases, 15 mails; the steps add 50 entries and the rest.
_SIZE = """
    DROP TABLE IF EXISTS size;
    CREATE TEMP TABLE size AS
    SELECT %(now)s::timestamptz AS now, before AS cases_before, %(cases)s AS cases,
        before * 3 / 10 AS customers_before, %(cases)s * 3 / 10 AS customers,
        before * 6 / 10 AS leases_before, %(cases)s * 6 / 10 AS leases,
        before * 15 / 10 AS mails_before, %(cases)s * 15 / 10 AS mails
    FROM (SELECT COALESCE(max(id), 0)::int AS before FROM cases_case) counted
"""
_PLAIN_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        AND NOT indisprimary
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def filled() -> int:
    return Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def fill(cases: int, statistics: str = "VACUUM ANALYZE") -> None:
    """Up to this many cases in all. Reports progress; may be interrupted."""
    start = time.perf_counter()
    print(f"Filling to {cases:,} cases …", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET maintenance_work_mem = '512MB'")
        # Neither triggers nor foreign keys: the rows are known to be right, and there are many.
        cursor.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
        with transaction.atomic():
            current_texts(all_kinds(), now=timezone.now())
            cursor.execute(_SIZE, {"cases": cases, "now": timezone.now()})
            with _without_indexes(cursor):
                for step in sorted(STEPS.glob("*.sql")):
                    _say(cursor, step.read_text(), step.stem)
            numbered = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
            cursor.execute(";".join(numbered))
        cursor.execute("RESET session_replication_role; RESET work_mem")
        _say(cursor, statistics, "statistics")
        cursor.execute("RESET statement_timeout")
    print(f"  in {time.perf_counter() - start:.0f} s", flush=True)


@contextmanager
def _without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """Recreated afterwards: building each at once takes a fraction of maintaining it."""
    cursor.execute(_PLAIN_INDEXES)
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    _say(cursor, ";".join(definition for _name, definition in indexes), "indexes")


def _say(cursor: CursorWrapper, statements: str, what: str) -> None:
    began = time.perf_counter()
    cursor.execute(statements)
    print(f"  {what:20}{time.perf_counter() - began:>8.1f} s", flush=True)
