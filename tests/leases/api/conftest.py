from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from leases import actions
from leases.models import ApiKey, Merchant, Store


@pytest.fixture
def luna(luna: Store) -> Store:
    """As the merchant's system names it."""
    luna.code = "LUNA-1"
    luna.save()
    return luna


@pytest.fixture
def make_key(irene: User, now: datetime) -> Callable[..., tuple[ApiKey, str]]:
    def make(store: Store, *, bound: bool = False, name: str = "Caja 1") -> tuple[ApiKey, str]:
        return actions.create_api_key(
            merchant=store.merchant, store=store if bound else None, name=name, by=irene, now=now
        )

    return make


@pytest.fixture
def luna_key(make_key: Callable[..., tuple[ApiKey, str]], luna: Store) -> ApiKey:
    """The key; `.sent` is what is sent."""
    key, sent = make_key(luna)
    key.sent = sent
    return key


class Caller:
    """A merchant's system."""

    def __init__(self, sent: str = "", **headers: str) -> None:
        if sent:
            headers = {"Authorization": f"Bearer {sent}", **headers}
        self.client = Client(headers=headers, raise_request_exception=False)

    def get(self, path: str, query: Any = None, **headers: str) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", query, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", data, "application/json", headers=headers)


@pytest.fixture
def call(luna_key: ApiKey) -> Caller:
    return Caller(luna_key.sent)


@pytest.fixture
def sol(db: None) -> Store:
    """Another merchant's store."""
    merchant = Merchant.objects.create(name="Muebles Sol")
    return Store.objects.create(
        merchant=merchant, code="SOL-1", name="Sol Dallas", city="Dallas", state="TX"
    )
