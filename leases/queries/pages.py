"""Pages by keyset: the next one starts after the last row, so page 1,000 costs what page 1 does."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Generic, NamedTuple, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

SIZE = 30
LONGEST_CURSOR = 200  # ours are a quarter of that
Row = TypeVar("Row", bound=models.Model)


class Page(NamedTuple, Generic[Row]):
    rows: list[Row]
    next: str  # cursor of the following page, empty on the last one
    is_first: bool


class _Tuple(Func):
    function = "ROW"
    output_field = models.TextField()


def _columns(queryset: QuerySet[Any], fields: Sequence[str]) -> list[models.Field[Any, Any]]:
    """A generated column takes any value for its own; what it holds is asked instead."""
    computed = queryset.query.annotations
    found = [
        cast("models.Field[Any, Any]", computed.get(field) or queryset.model._meta.get_field(field))
        for field in fields
    ]
    return [getattr(column, "output_field", column) for column in found]


def _encode(row: models.Model, fields: Sequence[str]) -> str:
    values = [getattr(row, field) for field in fields]
    plain = [_plain(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _decode(cursor: str, queryset: QuerySet[Any], fields: Sequence[str]) -> list[Any] | None:
    """The values of a cursor, or None for one that nobody here made."""
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
    """The database knows no offset that leads out of the calendar, nor a time without one."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("a moment without an offset")
    return value.astimezone(UTC)


def page(
    queryset: QuerySet[Row], *, order: Sequence[str], after: str = "", size: int = SIZE
) -> Page[Row]:
    """`size` rows after the cursor. `order` names columns or annotations that are never null, all
    rising or all falling (`-name`), and identify a row. A cursor that makes no sense starts at the
    beginning.
    """
    fields = [name.removeprefix("-") for name in order]
    falling = order[0].startswith("-")
    values = _decode(after, queryset, fields) if after else None
    if values is not None:
        columns = _columns(queryset, fields)
        compare = LessThan if falling else GreaterThan
        queryset = queryset.filter(
            compare(
                _Tuple(*(F(field) for field in fields)),
                _Tuple(
                    *(
                        Value(value, output_field=column)
                        for value, column in zip(values, columns, strict=True)
                    )
                ),
            )
        )
    rows = list(queryset.order_by(*order)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _encode(rows[-1], fields) if more else "", values is None)
