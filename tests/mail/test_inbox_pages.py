"""The demo's inbox: what arrived over SMTP, on a page, harmless whatever it is."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cases.enums import Channel
from cases.models import Case
from mail import outbox
from mail.models import Email
from tests.mail.conftest import Inbox

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"


def page(name: str, *args: str) -> Any:
    return Client().get(reverse(name, args=args))


def send(subject: str, text: str, html: str = "") -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "a@example.com", "b@example.com"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        server.send_message(mail)


def test_empty_inbox_says_so(inbox: Inbox) -> None:
    assert "No emails yet" in page("inbox").content.decode()


def test_newest_first_and_each_mail_whole(inbox: Inbox, post: Callable[..., Email]) -> None:
    send("First", "one")
    post()
    outbox.drain()
    listed = page("inbox").content.decode()
    assert listed.index("Abrimos su caso 260 001 233") < listed.index("First")
    newest = inbox.messages[-1]
    shown = page("inbox_message", newest.name).content.decode()
    assert "Qué sigue:" in shown
    assert 'href="http://127.0.0.1:8000/c/260001233"' in shown


def test_nothing_in_a_mail_runs(inbox: Inbox) -> None:
    send(EVIL, EVIL, f"<p>{EVIL}</p>")
    [mail] = inbox.messages
    for shown in (page("inbox"), page("inbox_message", mail.name)):
        assert EVIL not in shown.content.decode()
    html = page("inbox_html", mail.name)
    policy = html["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fsecret", "0" * 20 + "-00000000.eml"])
def test_unknown_names_are_not_found(name: str, inbox: Inbox) -> None:
    for view in ("inbox_message", "inbox_html"):
        assert page(view, name).status_code == 404


def test_mail_without_html_has_no_such_page(inbox: Inbox) -> None:
    send("Plain", "only text")
    [mail] = inbox.messages
    assert page("inbox_html", mail.name).status_code == 404
    assert reverse("inbox_html", args=[mail.name]) not in (
        page("inbox_message", mail.name).content.decode()
    )


def test_only_where_there_is_an_inbox(inbox: Inbox, settings: Any) -> None:
    settings.INBOX_ROOT = None
    assert page("inbox").status_code == 404


def test_only_to_look_at(inbox: Inbox) -> None:
    assert Client().post(reverse("inbox")).status_code == 405


def test_an_answer_from_the_inbox_goes_the_whole_way(
    inbox: Inbox, open_case: Callable[..., Case], settings: Any
) -> None:
    settings.INBOUND_ADDRESS = "replies@puente.example"
    case = open_case()
    outbox.drain()
    name = inbox.messages[-1].name
    assert "Your reply goes to" in page("inbox_message", name).content.decode()
    path = reverse("inbox_reply", args=[name])
    assert Client().post(path, {"text": " "}).status_code == 422
    shown = Client().post(path, {"text": "Ya pagué.\nGracias."}, follow=True)
    assert case.spoken_number in shown.content.decode()
    entry = case.entries.get(channel=Channel.EMAIL)
    assert entry.body == "Ya pagué.\nGracias."
    assert case.number not in entry.body
    assert entry.params["quoted"].startswith("El ")


def test_what_is_about_no_case_is_not_answered(inbox: Inbox) -> None:
    send("Hola", "one")
    name = inbox.messages[-1].name
    assert "Your reply goes to" not in page("inbox_message", name).content.decode()
    assert Client().post(reverse("inbox_reply", args=[name]), {"text": "x"}).status_code == 404
