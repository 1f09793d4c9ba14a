"""Buying early, offered in a case whose goal is to keep the product."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from common.company_day import company_zone
from leases.clocks import add_days
from leases.models import Customer, Lease
from tests.leases.contracts import deliver, pay
from tests.leases.test_buyout_pages import page, queries_of

SignIn = Callable[[User], Client]


@pytest.fixture
def today() -> datetime:
    """Pages read the real clock."""
    return timezone.now()


@pytest.fixture
def running(make_lease: Callable[..., Lease], carla: Customer, today: datetime) -> Lease:
    """Carla's, 20 of 52 weekly payments made, the 20th due today."""
    delivered = add_days(today, -140, company_zone())
    lease = deliver(make_lease(carla, "104499001", now=delivered), delivered)
    pay(lease, 20, today)
    return lease


@pytest.mark.requirement("R26")
@pytest.mark.parametrize(
    ("kind", "offered"),
    [("late_payment", True), ("buyout", True), ("cancellation", True), ("fraud", False)],
)
def test_a_case_offers_the_purchase_with_its_saving(
    kind: str,
    offered: bool,
    sign_in: SignIn,
    ana: User,
    running: Lease,
    open_case: Callable[..., Case],
    today: datetime,
) -> None:
    case = open_case(lease=running, kind=kind, now=today)
    shown = page(sign_in(ana), "case", case.number)
    assert (reverse("lease_buyout", args=[running.account_number]) in shown) is offered
    assert ("$923.10" in shown and "ahorra $307.70" in shown) is offered


def test_the_offer_costs_a_case_two_queries(
    sign_in: SignIn,
    ana: User,
    running: Lease,
    open_case: Callable[..., Case],
    today: datetime,
) -> None:
    client = sign_in(ana)
    client.get("/cases/")
    plain, offering = (
        queries_of(client, "case", open_case(lease=running, kind=kind, now=today).number)
        for kind in ("fraud", "buyout")
    )
    assert offering == plain + 2
