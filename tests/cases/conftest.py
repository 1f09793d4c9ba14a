from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.cases.libretranslate import KEY, LibreTranslate
from tests.threads import Meanwhile
from tools import inbox as smtp_inbox


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
def service(settings: Any) -> Iterator[LibreTranslate]:
    """A translation service is connected."""
    started = LibreTranslate()
    settings.TRANSLATE_URL, settings.TRANSLATE_API_KEY = started.url, KEY
    yield started
    started.stop()


@pytest.fixture
def meanwhile() -> Iterator[Meanwhile]:
    """Does something on a database connection of its own."""
    with ThreadPoolExecutor(2) as pool:

        def one(work: Callable[[], Any]) -> Any:
            try:
                return work()
            finally:
                connections.close_all()

        yield lambda work: pool.submit(one, work)
