"""`manage.py send_webhooks` as people and process supervisors run it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from leases.enums import DeliveryState
from leases.models import Customer, Lease, WebhookDelivery, WebhookEndpoint
from tests.leases.webhooks.listener import HANG, Listener
from tests.leases.webhooks.outbox_rows import add_delivery
from tests.mail.processes import running, wait_for

LOOP = ("manage.py", "send_webhooks", "--loop", "--every", "0.2")


@pytest.fixture
def delivery(
    endpoint: WebhookEndpoint, make_lease: Callable[..., Lease], carla: Customer
) -> WebhookDelivery:
    make_lease(carla, now=timezone.now())
    return WebhookDelivery.objects.get()


def is_delivered(delivery: WebhookDelivery) -> bool:
    delivery.refresh_from_db()
    return delivery.state == DeliveryState.DELIVERED


def test_once(delivery: WebhookDelivery, capsys: Any) -> None:
    call_command("send_webhooks")
    assert is_delivered(delivery)
    assert "delivered=1" in capsys.readouterr().out
    call_command("send_webhooks")
    assert "Nothing is due." in capsys.readouterr().out


@pytest.mark.parametrize("every", ["x", "0", "-1", "nan", "4000"])
def test_senseless_interval_is_refused(every: str) -> None:
    with pytest.raises(CommandError, match="isn’t a number of seconds"):
        call_command("send_webhooks", "--loop", "--every", every)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_killed_sender_loses_nothing(
    delivery: WebhookDelivery, listener: Listener, tmp_path: Path, now: datetime
) -> None:
    """Killed after the merchant's system got the first message and before it answered."""
    for _ in range(20):
        add_delivery(delivery, timezone.now())
    listener.answers = [HANG]
    changes = {"WEBHOOK_ALLOW_PRIVATE": "1"}
    with running(*LOOP, log=tmp_path / "first", **changes) as first:
        wait_for(lambda: listener.requests, what="the first message")
        assert first.end(signal.SIGKILL) == -signal.SIGKILL
    interrupted = listener.requests[0].headers["webhook-id"]
    assert WebhookDelivery.objects.get(pk=interrupted).state == DeliveryState.SENDING
    with running(*LOOP, log=tmp_path / "second", **changes) as second:
        unsent = WebhookDelivery.objects.exclude(state=DeliveryState.DELIVERED)
        wait_for(lambda: not unsent.exists(), what="the delivery of all")
        assert second.end(signal.SIGTERM) == 0
        assert second.said("Stopped.")
    ids = [request.headers["webhook-id"] for request in listener.requests]
    assert (len(ids), len(set(ids)), ids.count(interrupted)) == (22, 21, 2)
    assert WebhookDelivery.objects.get(pk=interrupted).attempts == 2
