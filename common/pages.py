"""Keyset paging: a page starts after the last row before it, so page 1,000 costs the same as page
1.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, NamedTuple, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

SIZE = 30
LONGEST_CURSOR = 200  # ours are a quarter as long
Row = TypeVar("Row", bound=models.Model)


class Step(NamedTuple):
    """A part of the rows that follow, in their order."""

    condition: Q
    #: Everything down to this value of the first column has then been looked at; None: everything.
    reached: Any = None


class Page(NamedTuple, Generic[Row]):
    rows: list[Row]
    next: str  # the next page's cursor; empty on the last page
    is_first: bool


class _Tuple(Func):
    function = "ROW"
    output_field = models.TextField()


def _columns(queryset: QuerySet[Any], fields: Sequence[str]) -> list[models.Field[Any, Any]]:
    """A generated column accepts any value, so check the columns it's made from instead."""
    computed = queryset.query.annotations
    found = [
        cast("models.Field[Any, Any]", computed.get(field) or queryset.model._meta.get_field(field))
        for field in fields
    ]
    return [getattr(column, "output_field", column) for column in found]


def _encode(row: models.Model, fields: Sequence[str]) -> str:
    return _cursor([getattr(row, field) for field in fields])


def _cursor(values: Iterable[Any]) -> str:
    plain = [_plain(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _decode(cursor: str, queryset: QuerySet[Any], fields: Sequence[str]) -> list[Any] | None:
    """The values of a cursor, or None if Puente didn't make it."""
    if len(cursor) > LONGEST_CURSOR:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(plain, list) or len(plain) != len(fields) or None in plain:
            return None
        columns = _columns(queryset, fields)
        return [
            _in_utc(column.to_python(value)) for column, value in zip(columns, plain, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, ValidationError):
        return None


def _in_utc(value: Any) -> Any:
    """PostgreSQL can't store times without a zone, or offsets that lead outside its calendar."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("a moment without an offset")
    return value.astimezone(UTC)


def page(
    queryset: QuerySet[Row],
    *,
    order: Sequence[str],
    after: str = "",
    size: int = SIZE,
    grouped: bool = False,
) -> Page[Row]:
    """`size` rows after the cursor. `order` names columns or annotations that are never null, all
    ascending or all descending (`-name`), and that identify a row. An invalid cursor starts at the
    beginning.

    `grouped`: the first column has few values with many rows each. Then one query asks for the rest
    of the current group, and a second one, if needed, for what follows. In one row comparison, such
    a column makes the planner expect almost nothing or almost everything.
    """
    fields = [name.removeprefix("-") for name in order]
    values = _decode(after, queryset, fields) if after else None
    parts = _parts(queryset, order, values, grouped=grouped)
    return _filled(parts, order=order, size=size, is_first=values is None)


def page_with(
    queryset: QuerySet[Row], key: Any, *, order: Sequence[str], above: int = 3, size: int = SIZE
) -> Page[Row]:
    """The page that has the row with this key: the first one, or one with it below a few others.

    The first page if there's no such row.
    """
    fields = [name.removeprefix("-") for name in order]
    rows, after = queryset.order_by(), ""
    if values := rows.filter(pk=key).values_list(*fields).first():
        precedes = _follows(queryset, _reversed(order), values)
        before = rows.filter(precedes).order_by(*_reversed(order)).values_list(*fields)[:size]
        after = _cursor(before[above]) if len(before) == size else ""
    return page(queryset, order=order, after=after, size=size)


def _reversed(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def page_in_steps(
    querysets: Sequence[QuerySet[Row]],
    steps: Callable[[Any], Iterable[Step]],
    *,
    order: Sequence[str],
    after: str = "",
    size: int = SIZE,
) -> tuple[Page[Row], Any]:
    """Like `page`, but looks at one part of the rows after the other until the page is full, and
    then no further. Rows may be found in several ways, and a row in more than one of them.

    `steps` gets the first value of the cursor, or None on the first page, and yields parts that
    follow each other. If they end before everything was looked at, the page may have few rows and
    yet a next one; then the second value says how far the search got.
    """
    fields = [name.removeprefix("-") for name in order]
    values = _decode(after, querysets[0], fields) if after else None
    follows = Q(_follows(querysets[0], order, values)) if values else Q()
    rows: list[Row] = []
    reached = None
    for step in steps(values[0] if values else None):
        reached = step.reached
        parts = [each.filter(step.condition, follows).order_by(*order) for each in querysets]
        found = {row.pk: row for part in parts for row in part[: size + 1 - len(rows)]}
        rows += _sorted(found.values(), order)
        if len(rows) > size:
            break
    if len(rows) > size:
        return Page(rows[:size], _encode(rows[size - 1], fields), values is None), None
    stopped = "" if reached is None else _cursor([reached] + [0] * (len(fields) - 1))
    return Page(rows, stopped, values is None), reached


def _sorted(rows: Iterable[Row], order: Sequence[str]) -> list[Row]:
    fields = [name.removeprefix("-") for name in order]
    return sorted(
        rows,
        key=lambda row: [getattr(row, field) for field in fields],
        reverse=order[0].startswith("-"),
    )


def page_of_parts(
    querysets: Sequence[QuerySet[Row]], *, order: Sequence[str], after: str = "", size: int = SIZE
) -> Page[Row]:
    """Like `page`, for rows found in several ways, each with its own index and no row twice."""
    pages = [page(each, order=order, after=after, size=size) for each in querysets]
    fields = [name.removeprefix("-") for name in order]
    found = _sorted((row for each in pages for row in each.rows), order)
    rows = found[:size]
    more = len(found) > size or any(each.next for each in pages)
    return Page(rows, _encode(rows[-1], fields) if more else "", pages[0].is_first)


def _filled(
    parts: Iterable[QuerySet[Row]], *, order: Sequence[str], size: int, is_first: bool
) -> Page[Row]:
    rows: list[Row] = []
    for part in parts:
        rows += part.order_by(*order)[: size + 1 - len(rows)]
        if len(rows) > size:
            break
    more = len(rows) > size
    rows = rows[:size]
    fields = [name.removeprefix("-") for name in order]
    return Page(rows, _encode(rows[-1], fields) if more else "", is_first)


def _parts(
    queryset: QuerySet[Row], order: Sequence[str], values: list[Any] | None, *, grouped: bool
) -> list[QuerySet[Row]]:
    """What follows the cursor, in reading order."""
    if values is None:
        return [queryset]
    if not grouped:
        return [queryset.filter(_follows(queryset, order, values))]
    first = order[0].removeprefix("-")
    group = queryset.filter(**{first: values[0]})
    return [
        group.filter(_follows(queryset, order[1:], values[1:])),
        queryset.filter(_follows(queryset, order[:1], values[:1])),
    ]


def _follows(
    queryset: QuerySet[Any], order: Sequence[str], values: Sequence[Any]
) -> GreaterThan | LessThan:
    fields = [name.removeprefix("-") for name in order]
    given = [
        Value(value, output_field=column)
        for value, column in zip(values, _columns(queryset, fields), strict=True)
    ]
    columns = [F(field) for field in fields]
    compare = LessThan if order[0].startswith("-") else GreaterThan
    if len(order) == 1:
        return compare(columns[0], given[0])
    return compare(_Tuple(*columns), _Tuple(*given))
