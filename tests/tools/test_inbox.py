"""The demo's inbox with a real SMTP client."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tools import inbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def client(folder: Path) -> Iterator[smtplib.SMTP]:
    with (
        inbox.running(folder) as (host, port),
        smtplib.SMTP(host, port, timeout=PATIENCE) as client,
    ):
        yield client


def mail(
    subject: str = "Su caso", text: str = "Hola, Carla Peña\n", html: str = ""
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@puente.example", "x@y.z", subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def send(client: smtplib.SMTP, message: EmailMessage, *recipients: str) -> None:
    client.send_message(message, "bounces@puente.example", recipients or ("carla@example.com",))


def test_a_mail_is_read_back_as_it_was_sent(client: smtplib.SMTP, folder: Path) -> None:
    sent = mail("¿Sigue abierto el caso 25-000-123?", html="<p>Hola, <b>Peña</b></p>\n")
    send(client, sent, "carla@example.com", "dan@example.com")
    (found,) = inbox.list_messages(folder, limit=10)
    assert found.subject == "¿Sigue abierto el caso 25-000-123?"
    assert (found.text, found.html) == ("Hola, Carla Peña\n", "<p>Hola, <b>Peña</b></p>\n")
    # The envelope, not what the header claims.
    assert found.sender == "bounces@puente.example"
    assert found.recipients == ("carla@example.com", "dan@example.com")
    assert inbox.read_message(folder, found.name) == found


def test_the_newest_come_first_and_no_more_than_asked_for(
    client: smtplib.SMTP, folder: Path
) -> None:
    for number in range(5):
        send(client, mail(f"mail {number}"))
    found = inbox.list_messages(folder, limit=3)
    assert [message.subject for message in found] == ["mail 4", "mail 3", "mail 2"]
    assert found[0].received_at > found[1].received_at


def test_a_mail_cannot_name_its_own_envelope(client: smtplib.SMTP, folder: Path) -> None:
    forged = mail()
    forged["X-Envelope-To"] = "sofia@puente.example"
    send(client, forged)
    assert inbox.list_messages(folder, limit=1)[0].recipients == ("carla@example.com",)


def test_a_mail_that_is_too_big_is_refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 2000)
    with (
        inbox.running(folder) as (host, port),
        smtplib.SMTP(host, port, timeout=PATIENCE) as client,
        pytest.raises(smtplib.SMTPException),
    ):
        send(client, mail(text="x" * 70 + "\n" * 3000))
    assert inbox.list_messages(folder, limit=1) == []


def test_odd_mails_are_shown_all_the_same(client: smtplib.SMTP, folder: Path) -> None:
    odd = b"Subject: =?utf-9?q?x?=\r\nContent-Type: text/plain; charset=nobody\r\n\r\n"
    odd += "señal\r\n".encode()
    for content in (odd, b"", b"no header at all\r\n", b"From: <<@>\r\nTo: ,,;\r\n\r\n\xff\r\n"):
        client.sendmail("a@b.c", ["d@e.f"], content)
    found = inbox.list_messages(folder, limit=9)
    assert len(found) == 4
    assert "señal" in found[-1].text


@pytest.mark.parametrize(
    "name",
    ["../secret", "/etc/passwd", "", ".", "x.eml", "1" * 20 + "-00000000.eml\n", "1" * 20 + ".eml"],
)
def test_only_names_of_mails_are_read(name: str, folder: Path) -> None:
    (folder.parent / "secret").write_text("secret")
    assert inbox.read_message(folder, name) is None


def test_a_folder_that_does_not_exist_is_an_empty_inbox(folder: Path) -> None:
    assert inbox.list_messages(folder, limit=5) == []


def test_an_open_connection_does_not_keep_the_inbox_from_closing(folder: Path) -> None:
    with inbox.running(folder) as (host, port):
        client = smtplib.SMTP(host, port, timeout=PATIENCE)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.noop()
    client.close()
