"""Frozen dataclasses to JSON and back. Pure.

Values that equal their default aren't written, which keeps rows short. Reading understands dates,
decimals, enums, tuples and dataclasses by their annotations, and ignores unknown names.
`field(metadata={"json": "from"})` gives a name that Python reserves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")


def to_json(of: DataclassInstance) -> dict[str, Any]:
    values = ((each, getattr(of, each.name)) for each in fields(of))
    return {_name(each): _plain(value) for each, value in values if value != each.default}


def from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """KeyError if a field without a default is missing."""
    return kind(
        **{
            each.name: _read(hint, data[name])
            for each, name, hint in _shape(kind)  # type: ignore[arg-type]
            if name in data or each.default is MISSING
        }
    )


@cache
def _shape(kind: type[Any]) -> list[tuple[Field[Any], str, Any]]:
    hints = get_type_hints(kind)
    return [(each, _name(each), hints[each.name]) for each in fields(kind)]


def _name(of: Field[Any]) -> str:
    return str(of.metadata.get("json", of.name))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return to_json(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint):
        return from_json(hint, value)  # type: ignore[arg-type]
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if get_origin(hint) is not None:  # dict[str, Any] and similar: plain JSON
        return value
    return hint(value) if hint is Decimal or issubclass(hint, Enum) else value
