"""Replies fetched from a real IMAP server."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases import actions
from cases.enums import Channel, InboundState
from cases.models import Case, InboundMail
from common import env
from mail.enums import ParkReason
from mail.inbound import state
from mail.models import Email, MailboxState
from tests.mail.conftest import Clock
from tests.mail.imap_server import PASSWORD, USER, ImapServer
from tests.mail.letters import letter
from tests.mail.test_receive_mail import answer


@pytest.fixture
def server(settings: Any) -> Iterator[ImapServer]:
    with ImapServer() as running:
        settings.INBOUND_ADDRESS = "respuestas@puente.example"
        settings.INBOUND_MAILBOX = env.Mailbox(
            "127.0.0.1", running.port, False, USER, PASSWORD, "INBOX"
        )
        yield running


@pytest.fixture
def now() -> datetime:
    """Whether a mail of ours still vouches for its answer depends on the clock."""
    return timezone.now()


@pytest.fixture
def told(open_case: Callable[..., Case]) -> Email:
    return Email.objects.get(casemail__case=open_case())


def entries() -> int:
    return InboundMail.objects.filter(state=InboundState.ENTERED).count()


def test_answers_are_fetched_and_marked(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    server.put(letter(From="x@evil.example", Message_ID="<2@example.com>"))
    done = actions.fetch_mail()
    assert (done.entered, done.parked, done.trouble) == (1, 1, "")
    assert server.seen == 2
    assert told.casemail.case
    entry = told.casemail.case.entries.get(channel=Channel.EMAIL)
    assert entry.body == "Ya pagué en la tienda."
    assert str(actions.fetch_mail()) == ""


def test_a_crash_before_the_mark_brings_it_once_more(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    server.drop()
    assert str(actions.fetch_mail()) == "left=1"
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


@pytest.mark.parametrize("mood", ["hangs_up", "refuses", "refuses_mark"])
def test_a_mail_the_server_does_not_serve_holds_up_nobody(
    server: ImapServer, told: Email, mood: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.put(letter(From="x@evil.example", Message_ID="<1@example.com>"))
    server.put(answer(told))
    server.be(mood, 1)
    assert str(actions.fetch_mail()) == "entered=1 left=1"
    assert (entries(), server.seen) == (1, 1)
    assert "uid=1" in caplog.text
    server.be("well", 1)
    assert str(actions.fetch_mail()) == "parked=1"
    assert server.seen == 2
    assert MailboxState.objects.get().left == {}


def test_what_cannot_be_taken_is_tried_less_and_less_often(
    server: ImapServer, told: Email, clock: Clock
) -> None:
    for number in range(2):
        server.put(letter(From="x@evil.example", Message_ID=f"<{number}@example.com>"))
    server.be("refuses", 1)
    assert str(actions.fetch_mail(now=clock)) == "parked=1 left=1"
    waits = []
    for _ in range(12):
        left = state.waiting_mails(uid_validity=1)[1]
        waits.append(int((left.again_at - clock.now).total_seconds()) // 60)
        if left.again_at > clock.now:
            clock.now = left.again_at - timedelta(seconds=1)
            assert str(actions.fetch_mail(now=clock)) == ""
        clock.now = left.again_at
        assert str(actions.fetch_mail(now=clock)) == "left=1"
    assert waits == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    server.be("well", 1)
    clock.move(hours=6)
    assert actions.fetch_mail(now=clock).parked == 1


def test_other_mails_under_the_same_uids_do_not_wait(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    state.note_left([1], unseen=[1], uid_validity=7, now=timezone.now())
    state.note_left([1], unseen=[1], uid_validity=7, now=timezone.now())
    assert actions.fetch_mail().entered == 1


def test_a_server_that_always_hangs_up_is_trouble_for_all(server: ImapServer, told: Email) -> None:
    for number in range(7):
        server.put(answer(told, Message_ID=f"<{number}@example.com>"))
    server.be("hangs_up", 0)
    assert str(actions.fetch_mail()) == "left=5 trouble=hung up 5 times"
    server.be("well", 0)
    assert actions.fetch_mail().entered == 7


def test_a_mail_we_break_over_holds_up_nobody(
    server: ImapServer, told: Email, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **fields: Any) -> None:
        raise error

    server.put(answer(told))
    fetching = sys.modules[actions.fetch_mail.__module__]
    error: Exception = RuntimeError()
    with monkeypatch.context() as patch:
        patch.setattr(fetching, "receive_mail", broken)
        assert str(actions.fetch_mail()) == "left=1"
        error = SoftTimeLimitExceeded()
        with pytest.raises(SoftTimeLimitExceeded):
            actions.fetch_mail()
    assert MailboxState.objects.get().left["1"][0] == 2
    server.put(answer(told, Message_ID="<2@example.com>"))
    assert str(actions.fetch_mail()) == "entered=1"  # the first one waits a minute


def test_a_mail_is_not_blamed_for_our_disk(
    server: ImapServer, told: Email, settings: Any, tmp_path: Path
) -> None:
    server.put(answer(told))
    right, settings.EVIDENCE_ROOT = settings.EVIDENCE_ROOT, tmp_path / "file" / "evidence"
    (tmp_path / "file").write_text("not a folder")
    for _ in range(3):
        assert str(actions.fetch_mail()) == "trouble=not stored: ValidationError"
    settings.EVIDENCE_ROOT = right
    assert actions.fetch_mail().entered == 1


def test_a_large_mail_that_is_taken_away_meanwhile_is_no_mail(
    server: ImapServer, told: Email, settings: Any
) -> None:
    settings.INBOUND_MAX_BYTES = 10
    server.put(answer(told))
    server.put(answer(told, Message_ID="<2@example.com>"))
    server.be("gone", 1)
    assert str(actions.fetch_mail()) == "parked=1 left=1"
    assert InboundMail.objects.get().sender == "carla@example.com"
    assert str(actions.fetch_mail()) == ""
    assert MailboxState.objects.get().left == {}


def test_the_command_says_that_mails_were_left(server: ImapServer, told: Email) -> None:
    server.put(answer(told))
    server.put(answer(told, Message_ID="<2@example.com>"))
    server.be("refuses", 2)
    with pytest.raises(CommandError, match="couldn’t be processed") as refused:
        call_command("fetch_mail", stdout=io.StringIO())
    assert refused.value.returncode == 4


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
    assert (large.sender, large.case) == ("carla@example.com", told.casemail.case)
    assert server.seen == 2


def test_a_mailbox_that_cannot_be_used(server: ImapServer, settings: Any, db: None) -> None:
    right = settings.INBOUND_MAILBOX
    settings.INBOUND_MAILBOX = right._replace(password="wrong")
    assert actions.fetch_mail().trouble == f"LoginError 127.0.0.1:{right.port}"
    settings.INBOUND_MAILBOX = right._replace(password="contraseña")
    assert actions.fetch_mail().trouble == f"LoginError 127.0.0.1:{right.port}"
    settings.INBOUND_MAILBOX = right._replace(user="enie", password="contraseña")
    assert actions.fetch_mail().trouble == ""
    settings.INBOUND_MAILBOX = right._replace(password="a\nb")
    assert actions.fetch_mail().trouble == f"LoginError 127.0.0.1:{right.port}"
    settings.INBOUND_MAILBOX = right._replace(folder="Otra")
    assert actions.fetch_mail().trouble
    settings.INBOUND_MAILBOX = right._replace(port=1)
    with pytest.raises(CommandError, match=r"ConnectionRefusedError 127\.0\.0\.1:1$") as refused:
        call_command("fetch_mail", stdout=io.StringIO())
    assert refused.value.returncode == 3
    settings.INBOUND_MAILBOX = None
    assert str(actions.fetch_mail()) == ""
    with pytest.raises(CommandError, match="INBOUND_IMAP_URL isn’t set"):
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
    assert done.stderr.startswith("INBOUND_IMAP_URL isn’t the address of a mailbox")


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
