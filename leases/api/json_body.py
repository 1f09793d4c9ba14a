"""Parses JSON bodies within limits: what no request needs is never looked at.

A body of a few hundred kilobytes can hold a hundred thousand names, each of which would need an
error message, or brackets nested so deep that parsing exhausts the stack.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

MOST_NAMES = 4_000  # an invoice of 200 lines has 1,600
MOST_DEPTH = 16
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[{\]}]")


class TooMuchJson(Exception):
    """More names, or deeper nesting, than any request of this API."""


def parse(body: bytes) -> Any:
    """JSON numbers as Decimal and int, so no amount is ever a float. ValueError if it isn't
    JSON.
    """
    _check_depth(body)
    names = 0

    def count(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal names
        names += len(pairs)
        if names > MOST_NAMES:
            raise TooMuchJson
        return dict(pairs)

    return json.loads(body, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=count)


def _check_depth(body: bytes) -> None:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MOST_DEPTH:
            raise TooMuchJson


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)  # NaN, Infinity: not JSON
