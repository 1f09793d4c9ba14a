from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from leases.models import Store, WebhookEndpoint
from leases.webhooks.signature import new_secret
from tests.leases.webhooks.listener import Listener


@pytest.fixture
def private_allowed(settings: Any) -> None:
    settings.WEBHOOK_ALLOW_PRIVATE = True


@pytest.fixture
def listener(private_allowed: None) -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture
def make_endpoint(luna: Store, irene: User, now: datetime) -> Callable[..., WebhookEndpoint]:
    """As saved under any settings."""

    def made(url: str, **fields: Any) -> WebhookEndpoint:
        values = {"merchant": luna.merchant, "created_by": irene, "created_at": now} | fields
        return WebhookEndpoint.objects.create(url=url, secret=new_secret(), **values)

    return made


@pytest.fixture
def endpoint(make_endpoint: Callable[..., WebhookEndpoint], listener: Listener) -> WebhookEndpoint:
    """Luna's."""
    return make_endpoint(listener.url())
