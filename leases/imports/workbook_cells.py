from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

#: The format "00000" shows an account number with its leading zeros.
_ZEROS = re.compile(r"0+")


def cell_text(cell: Any) -> str:
    """As a CSV file would have it: dates as 2026-03-04, a point in numbers, nothing rounded.

    A percentage keeps its sign, so that 8.25 % isn't read as 0.0825 %.
    """
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        day = value.date() if value.time() == time.min else value
        return day.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float, number_format: str) -> str:
    if isinstance(value, int) and _ZEROS.fullmatch(number_format):
        return str(value).zfill(len(number_format))
    # Excel stores 15 digits; further ones are noise from the binary number.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if "%" in number_format:
        return f"{_plain(exact * 100)}%"
    return _plain(exact)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
