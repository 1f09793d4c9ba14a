from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cases.enums import TemplateKey
from cases.mail import outbox
from cases.models import Email
from config import inbox as smtp_inbox
from tests.cases.mail.smtp_server import ScriptedServer

#: Everything any mail about a case may hold.
CASE_PARAMS = {
    "customer_name": "Carla Peña",
    "case_number": "260001233",
    "kind": "late_payment",
    "status": "open",
    "due_on": "2026-11-25",
    "agent_name": "Ana Torres",
    "author_name": "Ana Torres",
    "message": "Ya hablamos con la tienda.\n\nLe escribimos el lunes.",
}


class Inbox:
    """What arrived over SMTP."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def messages(self) -> list[smtp_inbox.Message]:
        """Oldest first."""
        return smtp_inbox.list_messages(self.folder, limit=10_000)[::-1]

    def raw(self, message: smtp_inbox.Message) -> bytes:
        return (self.folder / message.name).read_bytes()


@pytest.fixture
def inbox(settings: Any, tmp_path: Path) -> Iterator[Inbox]:
    folder = tmp_path / "inbox"
    with smtp_inbox.running(folder) as (host, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
        yield Inbox(folder)


@pytest.fixture
def server(settings: Any) -> Iterator[ScriptedServer]:
    server = ScriptedServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 0.3
    yield server
    server.close()


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **ahead: float) -> datetime:
        self.now += timedelta(**ahead)
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def post(now: datetime) -> Callable[..., Email]:
    """Puts one mail into the outbox."""

    def posted(template: TemplateKey = TemplateKey.CASE_OPENED, **fields: Any) -> Email:
        key = fields.pop("key", str(uuid.uuid4()))
        values: dict[str, Any] = {
            "to": "carla@example.com",
            "language": "es",
            "params": CASE_PARAMS,
            "now": now,
        }
        assert outbox.enqueue(key=key, template=template, **(values | fields))
        return Email.objects.get(key=key)

    return posted


@pytest.fixture
def post_code(post: Callable[..., Email]) -> Callable[..., Email]:
    """Puts a sign-in code into the outbox."""

    def posted(**fields: Any) -> Email:
        params = {"code": "482913", "minutes": 10}
        return post(TemplateKey.SIGN_IN_CODE, params=params, is_secret=True, **fields)

    return posted
