"""Every change of a status is announced, with the change or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leases import actions
from leases.enums import DeliveryState, LeaseStatus
from leases.models import Customer, Lease, Merchant, StatusEvent, WebhookDelivery, WebhookEndpoint

MakeEndpoint = Callable[..., WebhookEndpoint]
URL = "https://luna.example/hooks"


def announced() -> list[tuple[str, str]]:
    rows = WebhookDelivery.objects.order_by("event_id", "endpoint_id")
    return list(rows.values_list("event__to_status", "endpoint__url"))


def test_each_active_endpoint_of_the_merchant_hears_each_change(
    make_endpoint: MakeEndpoint, make_lease: Callable[..., Lease], carla: Customer, now: datetime
) -> None:
    make_endpoint(URL)
    make_endpoint(URL + "/2")
    make_endpoint(URL + "/off", is_active=False)
    make_endpoint(URL, merchant=Merchant.objects.create(name="Casa Sol"))
    lease = make_lease(carla)
    actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=now)
    actions.sign(lease=lease, by=None, now=now)  # and accepted at once: two changes
    statuses = ["approved", "contracts", "contracts_received", "lease_accepted"]
    assert announced() == [(status, url) for status in statuses for url in (URL, URL + "/2")]
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.PENDING, attempts=0, owner=None)
    assert waiting.filter(next_attempt_at=now, created_at=now).count() == 8


def test_expirations_are_announced_in_their_one_statement(
    make_endpoint: MakeEndpoint, lease: Lease, dans_lease: Lease
) -> None:
    make_endpoint(URL)
    assert lease.expires_at is not None
    with CaptureQueriesContext(connection) as queries:
        assert len(actions.expire_due(now=lease.expires_at)) == 2
    statements = [query["sql"] for query in queries if "leases_" in query["sql"]]
    assert sum("leases_webhookdelivery" in sql for sql in statements) == 1
    assert announced() == [("approval_expired", URL)] * 2
    assert not actions.expire_due(now=lease.expires_at)
    assert len(announced()) == 2


def test_a_change_that_is_refused_or_taken_back_is_not_announced(
    make_endpoint: MakeEndpoint, lease: Lease, now: datetime
) -> None:
    make_endpoint(URL)
    with pytest.raises(ValidationError):
        actions.confirm_delivery(lease=lease, by=None, now=now)
    with transaction.atomic():
        actions.submit_invoice(lease=lease, number="F-1", total=Decimal(900), by=None, now=now)
        transaction.set_rollback(True)
    assert announced() == []


def test_no_endpoint_costs_one_statement_and_no_row(lease: Lease) -> None:
    assert StatusEvent.objects.filter(to_status=LeaseStatus.APPROVED).count() == 1
    assert announced() == []
