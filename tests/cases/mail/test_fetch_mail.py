"""Answers fetched from a real IMAP server."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from cases import actions
from cases.enums import Channel, InboundState, ParkReason
from cases.models import Case, Email, InboundMail
from config import env
from tests.cases.mail.imap_server import PASSWORD, USER, ImapServer
from tests.cases.mail.letters import letter
from tests.cases.mail.test_receive_mail import answer


@pytest.fixture
def server(settings: Any) -> Iterator[ImapServer]:
    with ImapServer() as running:
        settings.INBOUND_ADDRESS = "respuestas@puente.example"
        settings.INBOUND_MAILBOX = env.Mailbox(
            "127.0.0.1", running.port, False, USER, PASSWORD, "INBOX"
        )
        yield running


@pytest.fixture
def told(open_case: Callable[..., Case]) -> Email:
    return Email.objects.get(case=open_case())


def entries() -> int:
    return InboundMail.objects.filter(state=InboundState.ENTERED).count()


def test_answers_are_fetched_and_marked(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    server.put(letter(From="x@evil.example", Message_ID="<2@example.com>"))
    done = actions.fetch_mail()
    assert (done.entered, done.parked, done.trouble) == (1, 1, "")
    assert server.seen == 2
    assert told.case
    entry = told.case.entries.get(channel=Channel.EMAIL)
    assert entry.body == "Ya pagué en la tienda."
    assert str(actions.fetch_mail()) == ""


def test_a_crash_before_the_mark_brings_it_once_more(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    server.drop()
    assert actions.fetch_mail().trouble
    assert (entries(), server.seen) == (1, 0)
    assert actions.fetch_mail().entered == 1
    assert (entries(), server.seen) == (1, 1)


def test_a_poison_mail_holds_up_nobody(server: ImapServer, told: Email) -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
    )
    for raw in (nested, b"\xff\xfe\x00" * 50, b"x", answer(told)):
        server.put(raw)
    done = actions.fetch_mail()
    assert (done.entered, done.parked, server.seen) == (1, 3, 4)


def test_a_mail_that_is_too_large_is_not_fetched(
    server: ImapServer, told: Email, settings: Any
) -> None:
    settings.INBOUND_MAX_BYTES = 2**20
    server.put(answer(told, "palabra " * 30 * 2**17))
    server.put(answer(told, Message_ID="<2@example.com>"))
    done = actions.fetch_mail()
    assert (done.entered, done.parked) == (1, 1)
    large = InboundMail.objects.get(state=InboundState.PARKED)
    assert large.reason == ParkReason.UNREADABLE
    assert large.size > 30 * 2**20
    assert (large.sender, large.case) == ("carla@example.com", told.case)
    assert server.seen == 2


def test_a_mailbox_that_cannot_be_used(server: ImapServer, settings: Any, db: None) -> None:
    right = settings.INBOUND_MAILBOX
    settings.INBOUND_MAILBOX = right._replace(password="wrong")
    assert actions.fetch_mail().trouble == f"LoginError 127.0.0.1:{right.port}"
    settings.INBOUND_MAILBOX = right._replace(folder="Otra")
    assert actions.fetch_mail().trouble
    settings.INBOUND_MAILBOX = right._replace(port=1)
    with pytest.raises(CommandError, match=r"ConnectionRefusedError 127\.0\.0\.1:1$") as refused:
        call_command("fetch_mail", stdout=io.StringIO())
    assert refused.value.returncode == 3
    settings.INBOUND_MAILBOX = None
    assert str(actions.fetch_mail()) == ""
    with pytest.raises(CommandError, match="INBOUND_IMAP_URL is not set"):
        call_command("fetch_mail")


def test_the_command_tells_what_it_took(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    said = io.StringIO()
    call_command("fetch_mail", stdout=said)
    assert said.getvalue() == "entered=1\n"


@pytest.mark.parametrize(
    "value",
    [
        "imap.example.com",
        "imap://u:p@imap.example.com",  # a password in the clear
        "imaps://imap.example.com",
        "imaps://u@imap.example.com",
        "imaps://u:secret@imap.example.com:port/INBOX",
    ],
)
def test_a_wrong_address_teaches_and_tells_no_password(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOUND_IMAP_URL", value)
    with pytest.raises(ImproperlyConfigured, match="INBOUND_IMAP_URL") as refused:
        env.mailbox("INBOUND_IMAP_URL")
    assert "secret" not in str(refused.value)


def test_the_command_line_says_what_is_wrong_and_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "fetch_mail"],
        env=os.environ | {"INBOUND_IMAP_URL": "imap.example.com"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("INBOUND_IMAP_URL is not the address of a mailbox")


def test_the_address_of_a_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOUND_IMAP_URL", "imaps://a%40b.example:p%2F%40@imap.example.com/Puente")
    assert env.mailbox("INBOUND_IMAP_URL") == env.Mailbox(
        "imap.example.com", 993, True, "a@b.example", "p/@", "Puente"
    )
    monkeypatch.setenv("INBOUND_IMAP_URL", "")
    assert env.mailbox("INBOUND_IMAP_URL") is None


@pytest.mark.parametrize("value", ["a", "a+b@c.example", f"{'a' * 25}@c.example", "a@localhost"])
def test_an_address_that_takes_no_tag_teaches(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOUND_ADDRESS", value)
    with pytest.raises(ImproperlyConfigured, match="Example: INBOUND_ADDRESS="):
        env.mail_address("INBOUND_ADDRESS")
