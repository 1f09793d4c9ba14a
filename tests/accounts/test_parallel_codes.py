"""Many tries at the same moment are as many tries."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from cases.models import Email
from leases.models import Customer


@pytest.fixture(autouse=True)
def _no_doorbell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.mail.nudge.nudge", lambda: None)


@pytest.mark.django_db(transaction=True)
def test_a_code_takes_three_wrong_tries_also_at_once(carla: Customer) -> None:
    visitor, confirm = Client(), reverse("account_confirm_login_code")
    visitor.post(reverse("account_request_login_code"), {"email": "carla@example.com"})
    code = Email.objects.get().params["code"]
    ready = threading.Barrier(8)

    def wrong(place: int) -> int:
        client = Client()
        client.cookies["sessionid"] = visitor.cookies["sessionid"].value
        try:
            ready.wait(20)
            tried = f"{(int(code) + 1 + place) % 10**6:06d}"
            return client.post(confirm, {"code": tried}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(wrong, range(8)))
    assert answers == [200] * 2 + [302] * 6  # the third leads away, to a new code
    visitor.post(confirm, {"code": code})
    assert visitor.get(reverse("portal_home")).status_code == 302
