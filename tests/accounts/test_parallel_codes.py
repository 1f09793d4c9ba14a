"""Many attempts at the same moment count as many attempts."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.sign_in.views import COOKIE
from leases.models import Customer
from tests.patience import PATIENCE
from tests.sign_in import ask_for_code, mailed_code


@pytest.fixture(autouse=True)
def _no_doorbell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.doorbell.ring", lambda task: None)


@pytest.mark.django_db(transaction=True)
def test_a_code_takes_three_wrong_tries_also_at_once(carla: Customer) -> None:
    visitor, confirm = Client(), reverse("account_confirm_login_code")
    ask_for_code(visitor, "carla@example.com")
    code = mailed_code()
    ready = threading.Barrier(8)

    def wrong(place: int) -> int:
        client = Client()
        client.cookies[COOKIE] = visitor.cookies[COOKIE].value
        try:
            ready.wait(PATIENCE)
            tried = f"{(int(code) + 1 + place) % 10**6:06d}"
            return client.post(confirm, {"code": tried}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(wrong, range(8)))
    assert answers == [302] * 6 + [422] * 2  # the third one leads to a new code
    visitor.post(confirm, {"code": code})
    assert visitor.get(reverse("portal_home")).status_code == 302
