"""Types of the API's fields: what they accept, and what the document says about them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from leases.money import ZERO, cents, is_in_cents

MOST = Decimal("9999999.99")  # what the columns hold
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
PLAIN = r"^[^\x00-\x1f\x7f]*$"  # one line; PostgreSQL rejects NUL
FILLED = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"


class Body(BaseModel):
    """camelCase outside; an unknown field is refused, not ignored."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", str_strip_whitespace=True, frozen=True
    )


class Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


_AS_TEXT = r"^[0-9]{1,7}(\.[0-9]{1,2})?$"


def _dollars(value: Any) -> Decimal:
    """From text or a JSON number, which arrives as Decimal or int, never as float."""
    if isinstance(value, str) and not re.fullmatch(_AS_TEXT, value.strip(), re.ASCII):
        raise PydanticCustomError("money", "no amount")
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError("money", "no amount")
    amount = Decimal(value)
    if not 0 <= amount <= MOST or not is_in_cents(amount):
        raise PydanticCustomError("money", "no amount")
    return cents(amount) + ZERO  # 0.00 instead of -0, or of a zero with a million decimals


def _above_zero(amount: Decimal) -> Decimal:
    if amount <= ZERO:
        raise PydanticCustomError("above_zero", "not above zero")
    return amount


def _whole(value: Any) -> Any:
    """2.0 is a whole number in JSON. So is 1e999999, and writing that out takes minutes."""
    is_short = isinstance(value, Decimal) and -MOST <= value <= MOST
    return int(value) if is_short and value == value.to_integral_value() else value


def _day(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("day", "not of this century")
    return day


def _documented(**least: int) -> WithJsonSchema:
    number = {"type": "number", "maximum": float(MOST), **least}
    return WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": _AS_TEXT}, number],
            "description": "Dollars with up to two decimals, as text or a number.",
            "examples": ["1500.00"],
        },
        mode="validation",
    )


#: JSON numbers arrive as Decimal and int (leases/api/api.py), so there is never a float in between.
Money = Annotated[Decimal, BeforeValidator(_dollars), _documented(minimum=0)]
Price = Annotated[
    Decimal, BeforeValidator(_dollars), AfterValidator(_above_zero), _documented(exclusiveMinimum=0)
]
Dollars = Annotated[
    Decimal,
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": _AS_TEXT, "examples": ["1500.00"]}),
]
Day = Annotated[date, AfterValidator(_day)]
# What the columns hold. The limits come first, because the document takes them from there.
Number = Annotated[int, Field(strict=True, ge=1, le=32_767), BeforeValidator(_whole)]
NumberOrNone = Annotated[int, Field(strict=True, ge=0, le=32_767), BeforeValidator(_whole)]


def text(most: int, *, least: int = 1) -> StringConstraints:
    """One line of text with at least one visible character, or (least=0) possibly empty."""
    return StringConstraints(
        strip_whitespace=True, max_length=most, pattern=FILLED if least else PLAIN
    )
