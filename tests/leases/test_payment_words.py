"""Payments and how often they're due are said in one phrase, not as a sum."""

from __future__ import annotations

import pytest
from django.utils import translation

from leases.enums import Frequency
from leases.models import Lease, Terms
from leases.payment_words import payments

SAID = {
    (52, Frequency.WEEKLY): ("52 weekly payments", "52 pagos semanales"),
    (26, Frequency.BIWEEKLY): ("26 payments, every two weeks", "26 pagos, cada dos semanas"),
    (24, Frequency.SEMIMONTHLY): ("24 payments, twice a month", "24 pagos, dos veces al mes"),
    (12, Frequency.MONTHLY): ("12 monthly payments", "12 pagos mensuales"),
    (1, Frequency.MONTHLY): ("1 monthly payment", "1 pago mensual"),
}


@pytest.mark.parametrize(("count", "frequency"), SAID)
@pytest.mark.parametrize(("place", "language"), [(0, "en"), (1, "es")])
def test_both_languages_say_it(count: int, frequency: str, place: int, language: str) -> None:
    with translation.override(language):
        assert payments(count, frequency) == SAID[count, Frequency(frequency)][place]


def test_a_contracts_title_says_it_too() -> None:
    terms = Terms(lease=Lease(account_number="104477312"), payments=26, frequency="biweekly")
    with translation.override("en"):
        assert str(terms).endswith(" · 26 payments, every two weeks")
