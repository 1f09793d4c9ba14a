"""Endpoints and messages sent again: by administrators, each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from leases.actions.webhooks import (
    MOST_AT_ONCE,
    add_endpoint,
    renew_secret,
    revise_endpoint,
    send_again,
)
from leases.enums import DeliveryState
from leases.models import Lease, Store, WebhookDelivery, WebhookEndpoint
from leases.webhooks.send import Sent, send_due
from tests.leases.webhooks.listener import Listener, answer

S = DeliveryState


@pytest.fixture
def delivery(endpoint: WebhookEndpoint, lease: Lease) -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def test_a_private_address_is_not_saved(luna: Store, irene: User, now: datetime) -> None:
    with pytest.raises(ValidationError) as caught:
        add_endpoint(merchant=luna.merchant, url="https://127.0.0.1/", by=irene, now=now)
    assert caught.value.code == "url_address"
    assert not WebhookEndpoint.objects.exists()


def test_the_same_address_twice_is_refused(
    listener: Listener, luna: Store, irene: User, now: datetime
) -> None:
    given: dict[str, Any] = {
        "merchant": luna.merchant, "url": listener.url(), "by": irene, "now": now,
    }  # fmt: skip
    assert add_endpoint(**given).secret.startswith("whsec_")
    with pytest.raises(ValidationError):
        add_endpoint(**given)


def test_what_is_changed_is_checked_and_tried_at_once(
    endpoint: WebhookEndpoint, irene: User, now: datetime, settings: Any
) -> None:
    WebhookEndpoint.objects.update(paused_until=now)
    url = endpoint.url + "&b=2"
    revised = revise_endpoint(endpoint=endpoint, url=url, is_active=True, by=irene)
    assert (revised.url, revised.paused_until) == (url, None)
    settings.WEBHOOK_ALLOW_PRIVATE = False
    with pytest.raises(ValidationError):
        revise_endpoint(endpoint=endpoint, url=endpoint.url, is_active=True, by=irene)
    off = revise_endpoint(endpoint=revised, url=url, is_active=False, by=irene)
    assert not off.is_active


def test_a_new_secret_signs_from_now_on(endpoint: WebhookEndpoint, irene: User) -> None:
    assert renew_secret(endpoint=endpoint, by=irene).secret != endpoint.secret


def test_sent_again_is_a_new_message_and_the_old_row_stays(
    delivery: WebhookDelivery, listener: Listener, irene: User, now: datetime
) -> None:
    listener.answers = [answer(500)]
    send_due(now=lambda: now)
    assert send_again(deliveries=[delivery.pk], by=irene, now=now) == 0  # it is under way
    WebhookDelivery.objects.update(state=S.FAILED)
    assert send_again(deliveries=[delivery.pk, uuid4()], by=irene, now=now) == 1
    assert send_again(deliveries=[delivery.pk], by=irene, now=now) == 0  # asked twice
    again = WebhookDelivery.objects.get(replay_of=delivery)
    assert send_due(now=lambda: now) == Sent(delivered=1)
    first, second = listener.requests
    assert second.headers["webhook-id"] == str(again.pk) != first.headers["webhook-id"]
    assert first.body == second.body
    delivery.refresh_from_db()
    assert (delivery.state, delivery.response_status) == (S.FAILED, 500)
    assert send_again(deliveries=[delivery.pk, again.pk], by=irene, now=now) == 2


def test_nothing_is_sent_again_to_an_endpoint_that_is_off(
    delivery: WebhookDelivery, irene: User, now: datetime
) -> None:
    WebhookDelivery.objects.update(state=S.FAILED)
    WebhookEndpoint.objects.update(is_active=False)
    assert send_again(deliveries=[delivery.pk], by=irene, now=now) == 0


def test_at_most_so_many_at_once(irene: User, now: datetime, db: None) -> None:
    with pytest.raises(ValidationError) as caught:
        send_again(deliveries=[uuid4() for _ in range(MOST_AT_ONCE + 1)], by=irene, now=now)
    assert caught.value.code == "too_many"


@pytest.mark.parametrize("person", ["ana", "sofia", "mateo"])
def test_only_administrators(
    person: str, endpoint: WebhookEndpoint, luna: Store, now: datetime, request: Any
) -> None:
    by = request.getfixturevalue(person)
    tries: list[Callable[[], object]] = [
        lambda: add_endpoint(merchant=luna.merchant, url=endpoint.url + "2", by=by, now=now),
        lambda: revise_endpoint(endpoint=endpoint, url=endpoint.url, is_active=False, by=by),
        lambda: renew_secret(endpoint=endpoint, by=by),
        lambda: send_again(deliveries=[], by=by, now=now),
    ]
    for each in tries:
        with pytest.raises(PermissionDenied):
            each()
