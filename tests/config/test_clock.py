"""One clock for every process of the tests, one door to it in the code, none in the database."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests import clock

ROOT = Path(__file__).parents[2]
ROOMS = ("common", "accounts", "telephone", "mail", "leases", "cases", "guides", "tools", "config")
SQL_CLOCK = re.compile(
    r"(?<![\w.])(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\(\)"
    r"|\b(CURRENT_DATE|CURRENT_TIME|CURRENT_TIMESTAMP|LOCALTIME|LOCALTIMESTAMP)\b",
    re.IGNORECASE,
)


# --- the tests' day -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", clock.NOW),
        ("today", None),
        ("2027-03-14", datetime(2027, 3, 14, 15, tzinfo=UTC)),  # the clocks have changed
        ("2027-11-07", datetime(2027, 11, 7, 16, tzinfo=UTC)),
        ("2028-02-29", datetime(2028, 2, 29, 16, tzinfo=UTC)),
        ("2026-12-31T23:30", datetime(2027, 1, 1, 5, 30, tzinfo=UTC)),
        ("2027-01-01T00:30+00:00", datetime(2027, 1, 1, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_day_of_the_tests_can_be_chosen(asked: str, expected: datetime | None) -> None:
    assert clock.moment(asked) == expected


def test_what_is_no_day_is_refused_with_examples() -> None:
    with pytest.raises(SystemExit, match="2027-03-14 or 2026-12-31T23:30"):
        clock.moment("the ides of March")


def test_a_process_that_a_test_starts_is_on_the_same_day() -> None:
    asked = "from datetime import UTC, datetime; print(datetime.now(UTC).isoformat())"
    before = timezone.now()
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.strip()
    allowed = timedelta(milliseconds=50)  # what the two set their clocks by lies in between
    assert before - allowed < datetime.fromisoformat(told) < timezone.now() + allowed


def test_a_block_of_a_test_can_be_at_another_moment() -> None:
    before = timezone.now()
    with clock.at(datetime(2031, 1, 2, tzinfo=UTC)):
        assert timezone.now().date().isoformat() == "2031-01-02"
    assert timedelta() < timezone.now() - before < timedelta(hours=1)


# --- one door -------------------------------------------------------------------------------------
# `datetime.now`, `date.today`, `time.time`, `localdate` … are refused by ruff (TID251).
def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in (*ROOMS, "tests"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def _is_clock_asked(node: ast.AST) -> bool:
    """`localtime()` without an argument means now."""
    if not isinstance(node, ast.Call) or node.args or node.keywords:
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name == "localtime"


def test_nothing_asks_the_clock_but_by_its_door() -> None:
    assert [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if _is_clock_asked(node)
    ] == []


def test_the_companys_time_zone_is_read_in_one_place() -> None:
    assert {
        path.as_posix()
        for path, tree in _trees()
        if path.parts[0] in ROOMS and "migrations" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "BUSINESS_TIME_ZONE"
    } == {"common/company_day.py"}


def test_no_statement_asks_the_clock_of_the_database() -> None:
    """That is another machine's clock, and no test can set it."""
    assert [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        if path.parts[0] in ROOMS
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if SQL_CLOCK.search(node.value)
    ] == []


@pytest.mark.django_db
def test_nothing_in_the_database_asks_its_clock() -> None:
    """No default, trigger, constraint, index or view."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT 'function ' || proname, prosrc FROM pg_proc
             WHERE pronamespace = 'public'::regnamespace AND prolang <> 13
            UNION ALL SELECT 'default of ' || adrelid::regclass, pg_get_expr(adbin, adrelid)
              FROM pg_attrdef
            UNION ALL SELECT 'constraint ' || conname, pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger
            UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes
             WHERE schemaname = 'public'
            UNION ALL SELECT 'view ' || viewname, definition FROM pg_views
             WHERE schemaname = 'public'
        """)
        found = cursor.fetchall()
    assert len(found) > 100
    assert [name for name, text in found if SQL_CLOCK.search(text)] == []
