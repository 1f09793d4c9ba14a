"""The lease's first page: everything about the contract at a glance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Case
from common.company_day import business_day
from leases.actions.payments import record_payment
from leases.enums import ExchangePolicy
from leases.models import Lease, Program
from tests.days import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(program: Program, deliver: Callable[..., Lease]) -> Lease:
    """Delivered eight weeks ago; two of its payments are made. Exchanges ended long ago."""
    program.exchange_policy, program.exchange_days = ExchangePolicy.SAME_ITEM, 7
    program.exchange_terms_es = "En la tienda."
    program.save()
    then = days_ago(56)
    lease = deliver("300200100", at=then, frequency="weekly")
    for week in (7, 14):
        paid = days_ago(56 - week)
        record_payment(
            lease=lease, amount=Decimal("38.46"), on=business_day(paid), by=None, now=paid
        )
    return lease


@pytest.mark.requirement("R20", "R35")
def test_one_page_gathers_the_contract(
    running: Lease, ana: User, sign_in: Callable[..., Client],
    open_case: Callable[..., Case], 
) -> None:  # fmt: skip
    case = open_case(lease=running, kind="exchange")

    page = sign_in(ana).get("/leases/300200100/").content.decode()

    assert "Financiado" in page
    assert "$192.30" in page  # five instalments past due
    assert "$76.92" in page  # received
    assert "$1,923.08" in page  # left to pay
    assert case.spoken_number in page
    assert "Ya venció el plazo para cambios." in page
    assert "En la tienda." in page
    for name in ("schedule", "statement", "buyout", "plans", "automatic-payments"):
        assert f"/leases/300200100/{name}/" in page
    beside = sign_in(ana).get(f"/cases/{case.number}/").content.decode()
    assert "Ya venció el plazo para cambios." in beside


def test_the_page_of_a_lease_asks_the_database_a_fixed_number_of_times(
    running: Lease, ana: User, sign_in: Callable[..., Client],
    open_case: Callable[..., Case], django_assert_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    client = sign_in(ana)
    client.get("/leases/300200100/")  # the first visit also writes the session
    for cases in (1, 6):
        for _place in range(cases):
            open_case(lease=running)
        with django_assert_num_queries(19):
            client.get("/leases/300200100/")
