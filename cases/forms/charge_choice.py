"""Which transactions of the lease are disputed: a box each, and a field for less than all of it.

What is chosen stays in sight while older ones are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from common.form_fields import AmountField
from leases.models import Lease, LedgerEntry
from leases.queries.disputed_charges import disputable_ones, disputable_page

PREFIX = "charge-"
#: The button that brings older ones; its value says from where.
OLDER = "older"
_CHOSEN = re.compile(rf"{PREFIX}([0-9]{{1,18}})")


class ChargeRow(NamedTuple):
    entry: LedgerEntry
    is_chosen: bool
    part: str  # as typed

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.entry.pk}"

    @property
    def part_name(self) -> str:
        return _part_name(self.entry.pk)


class ChargeChoice(NamedTuple):
    rows: list[ChargeRow]  # what is chosen first
    older: str  # where the next ones begin; "" if there are none
    is_first: bool


def chosen_keys(typed: Mapping[str, Any]) -> list[int]:
    found = (_CHOSEN.fullmatch(name) for name in typed)
    return [int(each[1]) for each in found if each and typed[each[0]]]


def charge_choice(lease: Lease, typed: Mapping[str, Any], *, today: date) -> ChargeChoice:
    """Two queries, one as long as nothing is chosen."""
    keys = chosen_keys(typed)
    shown = disputable_page(lease, today, after=str(typed.get(OLDER, "")))
    chosen = disputable_ones(lease, today, keys)
    others = [each for each in shown.rows if each.pk not in keys]
    rows = [ChargeRow(each, True, _part(typed, each.pk)) for each in chosen]
    rows += [ChargeRow(each, False, _part(typed, each.pk)) for each in others]
    return ChargeChoice(rows, shown.next, shown.is_first)


def read_amounts(typed: Mapping[str, Any]) -> dict[int, Decimal | None]:
    """ValidationError for a part that is no amount. None: all of it."""
    field = AmountField(required=False)
    return {key: field.clean(_part(typed, key)) for key in chosen_keys(typed)}


def _part(typed: Mapping[str, Any], key: int) -> str:
    return str(typed.get(_part_name(key), "") or "").strip()


def _part_name(key: int) -> str:
    return f"{PREFIX}{key}-part"
