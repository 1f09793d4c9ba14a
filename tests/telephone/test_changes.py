"""What browsers ask every second: answered from Valkey, or not at all."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from common import valkey
from telephone.views import changes_key
from tests import clock
from tests.telephone.conftest import Post

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R85")]


def ask(client: Client, agent: User) -> Any:
    return client.get(f"{reverse('phone_changes')}?{urlencode({'key': changes_key(agent)})}")


@pytest.mark.usefixtures("lines")
def test_the_answer_differs_once_something_changed(
    client: Client, ana: User, ben: User, post: Post, django_capture_on_commit_callbacks: Any
) -> None:
    before = [ask(client, each).content for each in (ana, ben)]
    with django_capture_on_commit_callbacks(execute=True):
        post("newCall")
    rang = [ask(client, each).content for each in (ana, ben)]
    assert rang[0] != before[0]
    assert rang[1] == before[1], "Ben's phone is another"
    with django_capture_on_commit_callbacks(execute=True):
        post("newCall")
    assert ask(client, ana).content == rang[0], "nothing changed"
    with django_capture_on_commit_callbacks(execute=True):
        post("hangup")
    assert ask(client, ana).content != rang[0]


def test_asking_reads_no_row_and_no_session(client: Client, ana: User) -> None:
    client.force_login(ana)
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, ana)
    assert (answer.status_code, len(queries)) == (200, 0)
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies


def test_a_key_is_signed_and_ends_with_the_session(client: Client, ana: User) -> None:
    address = reverse("phone_changes")
    for key in ("", str(ana.pk), changes_key(ana)[:-1], "x" * 10_000):
        assert client.get(address, {"key": key}).status_code == 404
    key = changes_key(ana)
    with clock.at(clock.NOW.replace(day=clock.NOW.day + 1)):
        assert client.get(address, {"key": key}).status_code == 404


@pytest.mark.usefixtures("lines")
def test_without_valkey_calls_are_recorded_and_pages_are_told_so(
    client: Client, ana: User, post: Post, settings: Any,
    django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    works, settings.REDIS_URL = settings.REDIS_URL, "redis://127.0.0.1:1/0"
    valkey.reconnect()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            assert post("newCall").json() == {"code": "recorded"}
        assert "phone_bell_failed" in caplog.text
        assert ask(client, ana).status_code == 503
    finally:
        settings.REDIS_URL = works
        valkey.reconnect()
