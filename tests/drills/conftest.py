from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import count
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import doorbell
from accounts.models import User
from cases import actions
from cases.mails.case_opened import CASE_OPENED
from cases.models import Case
from common import ports
from common.weekdays import WEEKDAYS
from leases import actions as lease_actions
from leases.enums import LanguageSource
from leases.models import Lease
from mail import outbox
from mail.enums import EmailState
from mail.models import Email
from tests.cases.conftest import inbox
from tests.drills.servers import Servers, own_servers
from tests.mail.conftest import CASE_PARAMS, post

__all__ = ["inbox", "post"]


@pytest.fixture(autouse=True)
def _inbox_is_silent() -> Iterator[None]:
    log = logging.getLogger("mail.log")
    level = log.level
    log.setLevel(logging.WARNING)
    yield
    log.setLevel(level)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """The web server's port, held until the end of the drill."""
    with ports.hold(0, "web server") as held:
        yield held


@pytest.fixture
def servers() -> Iterator[Servers]:
    with own_servers() as servers:
        yield servers


@pytest.fixture
def valkey(servers: Servers, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """A broker of the drill's own, also for this process."""
    servers.start_valkey()
    settings.REDIS_URL = servers.broker_url
    doorbell._publisher.cache_clear()
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    yield servers
    doorbell._publisher.cache_clear()


@pytest.fixture
def postgres(transactional_db: None, servers: Servers) -> Iterator[Servers]:
    """A database of the drill's own, also for this process: the test's is put back at the end."""
    servers.start_postgres()
    connection.close()
    usual = dict(connection.settings_dict)
    servers.copy_database(usual)
    connection.settings_dict.update(
        HOST=str(servers.sockets), PORT="5432", USER="puente", PASSWORD="", NAME="puente"
    )
    try:
        ContentType.objects.clear_cache()
        yield servers
    finally:
        connection.close()
        connection.settings_dict.update(usual)
        ContentType.objects.clear_cache()


@pytest.fixture
def post_mails(transactional_db: None) -> Callable[[int], None]:
    """Puts this many mails into the outbox, each to a different person."""
    numbers = count()

    def posted(how_many: int) -> None:
        with transaction.atomic():
            for _, number in zip(range(how_many), numbers, strict=False):
                mail = outbox.NewMail(
                    kind=CASE_OPENED,
                    said=CASE_OPENED.read(CASE_PARAMS),
                    key=f"drill:{number}",
                    to=f"customer{number}@example.com",
                    language="es" if number % 2 else "en",
                )
                assert outbox.enqueue(mail, now=timezone.now())

    return posted


@pytest.fixture
def make_leases(make_lease: Callable[..., Lease]) -> Callable[..., list[Lease]]:
    """Each for a different customer, who may be contacted at any hour."""
    numbers = count()

    def make(how_many: int, *, now: datetime) -> list[Lease]:
        return [
            make_lease(
                lease_actions.register_customer(
                    name="Carla Peña",
                    email=f"carla{number}@example.com",
                    phone="(210) 555-0134",
                    language="en" if number % 2 else "es",
                    language_source=LanguageSource.ASKED,
                    available_days=list(WEEKDAYS),
                    available_from=time(0),
                    available_to=time(23, 59, 59),
                ),
                str(304477000 + number),
                now=now,
            )
            for _, number in zip(range(how_many), numbers, strict=False)
        ]

    return make


@pytest.fixture
def make_cases(make_leases: Callable[..., list[Lease]], ana: User) -> Callable[[int], list[Case]]:
    """Each of another customer."""

    def make(how_many: int) -> list[Case]:
        now = timezone.now()
        return [
            actions.open_case(
                draft=actions.start_call(by=ana, now=now),
                call=actions.Call(
                    lease=lease,
                    kind="late_payment",
                    channel="phone",
                    language="es",
                    summary="La clienta pide un plan de pagos.",
                ),
                by=ana,
                now=now,
            )
            for lease in make_leases(how_many, now=now)
        ]

    return make


@pytest.fixture
def session(ana: User) -> Callable[[], str]:
    """The cookie of someone who is signed in."""

    def signed_in() -> str:
        client = Client()
        client.force_login(ana)
        return client.cookies["sessionid"].value

    return signed_in


def all_sent() -> bool:
    return not Email.objects.exclude(state=EmailState.SENT).exists()
