"""Whether an exchange is possible depends on the merchant's program."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from django.utils import translation

from leases.exchanges import exchange

DELIVERED = date(2026, 11, 10)


class Program(NamedTuple):
    exchange_policy: str
    exchange_days: int


@pytest.mark.requirement("R35")
@pytest.mark.parametrize(
    ("program", "delivered_on", "today", "allowed", "words"),
    [
        (None, DELIVERED, DELIVERED, False, "El contrato no menciona"),
        (Program("none", 7), DELIVERED, DELIVERED, False, "Este programa no admite cambios."),
        (Program("same_item", 7), None, DELIVERED, False, "Todavía no se entrega nada"),
        (Program("same_item", 7), DELIVERED, date(2026, 11, 17), True, "por el mismo artículo"),
        (Program("same_item", 7), DELIVERED, date(2026, 11, 18), False, "ya pasaron"),
        (Program("same_value", 0), DELIVERED, date(2027, 11, 18), True, "del mismo valor"),
    ],
)
def test_the_merchants_program_decides_about_exchanges(
    program: Program | None, delivered_on: date | None, today: date, allowed: bool, words: str
) -> None:
    found = exchange(program, delivered_on, today)

    assert found.allowed is allowed
    with translation.override("es"):
        assert words in str(found.reason)
