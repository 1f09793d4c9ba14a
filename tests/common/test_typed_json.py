from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.typed_json import from_json, to_json


class Side(StrEnum):
    STORE = "store"
    CUSTOMER = "customer"


@dataclass(frozen=True, kw_only=True)
class Step:
    on: date
    amount: Decimal
    before: date | None = field(default=None, metadata={"json": "from"})


@dataclass(frozen=True, kw_only=True)
class Agreement:
    side: Side
    what: str
    steps: tuple[Step, ...] = ()
    others: tuple[Side, ...] = ()
    is_kept: bool = True


STEPS = st.builds(
    Step,
    on=st.dates(),
    amount=st.decimals(min_value=0, max_value=9999, places=2),
    before=st.none() | st.dates(),
)
AGREEMENTS = st.builds(
    Agreement,
    side=st.sampled_from(Side),
    what=st.text(),
    steps=st.lists(STEPS, max_size=3).map(tuple),
    others=st.lists(st.sampled_from(Side), max_size=2).map(tuple),
    is_kept=st.booleans(),
)


@given(AGREEMENTS)
def test_what_is_written_is_read(agreement: Agreement) -> None:
    assert from_json(Agreement, to_json(agreement)) == agreement


def test_it_is_plain_and_leaves_out_what_is_usual() -> None:
    step = Step(on=date(2026, 11, 20), amount=Decimal("40.00"), before=date(2026, 11, 18))
    assert to_json(Agreement(side=Side.STORE, what="Llama.", steps=(step,))) == {
        "side": "store",
        "what": "Llama.",
        "steps": [{"on": "2026-11-20", "amount": "40.00", "from": "2026-11-18"}],
    }


def test_names_nobody_knows_any_more_are_passed_over() -> None:
    data = {"side": "customer", "what": "", "channel": "phone", "steps": []}
    assert from_json(Agreement, data) == Agreement(side=Side.CUSTOMER, what="")


def test_a_name_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="what"):
        from_json(Agreement, {"side": "store"})
