"""No index repeats another one: each costs time at every write, and memory."""

from __future__ import annotations

import pytest
from django.db import connection

#: One that another starts with, over the same rows. A unique one also holds a rule: only a second
#: unique one on the same columns repeats it. In the collation C it knows beginnings, whatever the
#: database's own is.
REPEATED = """
    WITH found AS (
        SELECT indexrelid, indrelid::regclass::text AS table, indexrelid::regclass::text AS name,
            indisunique, COALESCE(pg_get_expr(indpred, indrelid), '') AS rows,
            ARRAY(SELECT pg_get_indexdef(indexrelid, place, true) || ' '
                    || indcollation[place - 1]::regcollation
                  FROM generate_series(1, indnkeyatts) AS place) AS columns
        FROM pg_index
        JOIN pg_class AS class ON class.oid = indexrelid
        JOIN pg_am AS method ON method.oid = class.relam AND method.amname = 'btree'
        WHERE indrelid::regclass::text ~ '^(accounts|telephone|leases|cases)_'
    )
    SELECT shorter.table || ': ' || shorter.name || ' is in ' || longer.name
    FROM found AS shorter
    JOIN found AS longer USING ("table", rows)
    WHERE shorter.indexrelid <> longer.indexrelid
        AND shorter.columns = longer.columns[:cardinality(shorter.columns)]
        AND (NOT shorter.indisunique OR longer.indisunique AND shorter.columns = longer.columns)
    ORDER BY 1
"""


def repeated() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(REPEATED)
        return [line for (line,) in cursor.fetchall()]


@pytest.mark.django_db
def test_no_index_repeats_another() -> None:
    assert repeated() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        "cases_entry (case_id)",  # a foreign key of Django's, beside entry_timeline
        "cases_case (number varchar_pattern_ops)",  # beside a unique number
        "cases_followup (send_at DESC) WHERE cancelled_at IS NULL AND done_at IS NULL",
    ],
)
def test_one_that_does_is_named(columns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX again ON {columns}")
    assert ["again" in line for line in repeated()] == [True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns", ["cases_entry (at)", "cases_followup (send_at) WHERE rule = 'on_day'"]
)
def test_another_order_and_other_rows_are_no_repetition(columns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX again ON {columns}")
    assert repeated() == []
