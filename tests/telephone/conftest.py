"""A telephone system that posts what happens, and Ana's and Ben's phones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common import valkey
from telephone.models import PhoneLine

SECRET = "cable-submarino-de-pruebas"
CARLAS = "12105550134"  # as many systems write it


@pytest.fixture(autouse=True)
def _telephone(settings: Any) -> None:
    settings.TELEPHONE_SECRETS = [SECRET]


@pytest.fixture(autouse=True)
def _valkey_at_work() -> None:
    """Whatever another test did to it."""
    valkey.reconnect()


@pytest.fixture
def lines(ana: User, ben: User) -> None:
    for agent, extension in ((ana, "101"), (ben, "102")):
        PhoneLine.objects.create(agent=agent, extension=extension)


Post = Callable[..., Any]


@pytest.fixture
def post(client: Client) -> Post:
    """An event of Carla's call to Ana's phone, unless told otherwise."""

    def posted(event: str, *, secret: str = SECRET, as_json: bool = False, **told: Any) -> Any:
        fields = {
            "event": event,
            "from": told.pop("from_", CARLAS),
            "to": "101",
            "direction": "in",
            "callId": "call-1",
            **told,
        }
        body = {name: value for name, value in fields.items() if value is not None}
        kind = {"content_type": "application/json"} if as_json else {}
        return client.post(f"/telephone/{secret}/", body, **kind)  # type: ignore[arg-type]

    return posted
