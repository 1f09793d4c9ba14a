"""What a mail says, in whose language, and that nothing anyone types changes its shape."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from typing import Any

import pytest
from django.utils import translation

from cases.enums import CaseStatus
from cases.words import status_for_customer, who_acts_for_customer
from common.support import support_line
from common.typed_json import to_json
from mail.models import Email, EmailTemplate
from mail.outbound.message import message
from mail.outbound.render import render
from tests import clock, kinds
from tests.mail.conftest import CASE_MAILS, CASE_PARAMS, LEASE_MAILS, STAFF_MAILS, Inbox
from tests.mails import ALLOWED, KEYS, KINDS, TEXTS

PARAMS: dict[str, dict[str, Any]] = {
    **{kind.key: to_json(kind.sample(clock.NOW)) for kind in KINDS},  # of one that is new
    **CASE_MAILS,
    **STAFF_MAILS,
    "sign_in_code": {"code": "482913", "minutes": 10},
    "password_reset": {
        "customer_name": "Ana Torres",
        "link": "http://127.0.0.1:8000/account/password/reset/key/a-b/",
    },
    "password_changed": {"staff_name": "Ana Torres", "changed_on": "2026-11-18"},
    "address_changed": {"customer_name": "Carla Peña", "changed_on": "2026-11-18"},
    **LEASE_MAILS,
}


def mail_of(key: str, language: str = "es", **fields: Any) -> Email:
    texts = fields.pop("texts", TEXTS[key])
    params = fields.pop("params", PARAMS[key])
    if key in CASE_MAILS:
        fields.setdefault("thread", params.get("case_number", ""))
    return Email(
        template=EmailTemplate(key=key, **texts),
        to=fields.pop("to", "carla@example.com"),
        language=language,
        params=params,
        created_at=datetime(2026, 11, 18, 16, tzinfo=UTC),
        **fields,
    )


def on_the_wire(mail: Email) -> EmailMessage:
    raw = message(mail)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return message_from_bytes(raw, policy=default)


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def seen(html: str) -> list[str]:
    """The words of the HTML part's body, as `spoken` has them."""
    body = html.partition("<body")[2].partition(">")[2]
    body = re.sub(r'<span lang="[^"]*">([^<]*)</span>', r"\1", body)  # it may end inside a word
    return spoken(unescape(re.sub(r"<[^>]*>", " ", body)))


def spoken(text: str) -> list[str]:
    """Its words in their order. What is on a button ends without a colon, an address is shown as
    it is typed into a browser.
    """
    words = (word.rstrip(":") for word in re.sub(r"https?://", "", text).split())
    return [word for word in words if word]


@pytest.mark.requirement("R18", "R37", "R48")
@pytest.mark.parametrize("worker_language", ["en", "es", None])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", KEYS)
def test_default_text(key: str, language: str, worker_language: str | None) -> None:
    with translation.override(worker_language):
        mail = on_the_wire(mail_of(key, language))
    text, html = part(mail, "plain"), part(mail, "html")
    assert spoken(text) == seen(html)
    assert "{" not in mail["Subject"] + text
    assert mail["Content-Language"] == language
    assert f'<html lang="{language}">' in html
    if key not in CASE_MAILS:
        return
    assert "260 001 233" in mail["Subject"]
    assert "260 001 233" in text
    assert "http://127.0.0.1:8000/c/260001233" in text
    day = {"en": "November 25, 2026", "es": "25 de noviembre de 2026"}[language]
    assert (day in text) == (
        key not in {"resolved", "resolved_in_call"}
    )  # after which no one has to act


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", KEYS)
def test_every_placeholder_has_a_value(key: str, language: str) -> None:
    names = ALLOWED[key]
    every = "\n".join(f"{name}: {{{name}}}" for name in names)
    texts = {f"{field}_{language}": every for field in ("subject", "body")}
    lines = render(mail_of(key, language, texts=texts)).text
    for name in names:
        assert re.search(rf"^{name}: \S", lines, re.MULTILINE)


@pytest.mark.parametrize("status", CaseStatus)
def test_every_status_and_kind_has_words(status: CaseStatus) -> None:
    for kind in kinds.KINDS:
        for language in ("en", "es"):
            params = CASE_PARAMS | {"status": status.value, "kind": kind}
            words = render(mail_of("status_changed", language, params=params))
            assert status.value not in words.text


def test_nothing_pending_has_no_day() -> None:
    params = CASE_PARAMS | {"status": "closed"}
    words = render(mail_of("status_changed", "en", params=params))
    assert "2026" not in words.text
    assert "no date for now" in words.text


def test_words_for_the_customer_are_no_codes() -> None:
    assert status_for_customer("waiting_customer") == "We’re waiting for something from you"
    assert who_acts_for_customer("company") == "We’ll get back to you"


def test_headers() -> None:
    mail = mail_of("case_opened")
    headers = on_the_wire(mail)
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["Message-ID"] == f"<{mail.id}@127.0.0.1>"
    assert headers["References"] == headers["In-Reply-To"] == "<case-260001233@127.0.0.1>"
    assert headers["To"] == "carla@example.com"
    assert on_the_wire(mail)["Message-ID"] == headers["Message-ID"]
    assert on_the_wire(mail_of("sign_in_code"))["References"] is None


def test_ids_survive_a_long_host(settings: Any) -> None:
    settings.BASE_URL = f"https://{'a' * 60}.example.com"
    raw = message(mail_of("case_opened")).decode()
    assert re.search(
        rf"^Message-ID: *(\r\n )?<[0-9a-f-]{{36}}@{'a' * 60}\.example\.com>\r$", raw, re.M
    )
    assert re.search(
        rf"^References: *(\r\n )?<case-260001233@{'a' * 60}\.example\.com>\r$", raw, re.M
    )


def test_sender_and_recipient_beyond_ascii(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Mueblería Ñandú <support@puente.example>"
    mail = on_the_wire(mail_of("case_opened", to="carla@peña.example"))
    assert mail["From"].addresses[0].display_name == "Mueblería Ñandú"
    assert mail["To"].addresses[0].addr_spec == "carla@xn--pea-8ma.example"


def test_template_syntax_in_a_message_stays_what_it_is() -> None:
    message_ = (
        "{{ settings.SECRET_KEY }} {% load x %} {customer_name} <script>alert(1)</script> {$180.00}"
    )
    mail = on_the_wire(mail_of("message_added", params=CASE_PARAMS | {"message": message_}))
    assert message_ in part(mail, "plain")
    html = part(mail, "html")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_markup_in_the_text_itself_stays_text() -> None:
    texts = TEXTS["status_changed"] | {"body_es": "<b onclick='x'>Hola</b> & adiós"}
    html = part(on_the_wire(mail_of("status_changed", texts=texts)), "html")
    assert "&lt;b onclick='x'&gt;Hola&lt;/b&gt; &amp; adiós" in html


def test_only_our_own_address_is_a_link() -> None:
    params = CASE_PARAMS | {"message": "https://evil.example/ www.evil.example"}
    html = part(on_the_wire(mail_of("message_added", params=params)), "html")
    ours = {"http://127.0.0.1:8000/c/260001233", support_line("es").url}
    assert set(re.findall(r'href="([^"]*)"', html)) == ours
    assert not re.search(r"src=|url\(|@import", html)


def test_case_number_is_never_cut_off_a_subject() -> None:
    texts = TEXTS["status_changed"] | {"subject_es": "{customer_name} {case_number}"}
    params = CASE_PARAMS | {"customer_name": "Ñ" * 250}
    words = render(mail_of("status_changed", texts=texts, params=params))
    assert len(words.subject) == 200
    assert words.subject.endswith("… 260 001 233")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["\r\n.\r\nQUIT\r\n", ".", "..\n.\n..a", "x" * 3000])
def test_lines_that_look_like_the_end_arrive(typed: str, inbox: Inbox, post: Any) -> None:
    from mail import outbox  # noqa: PLC0415

    post("follow_up", params=CASE_PARAMS | {"message": typed})
    assert outbox.drain().sent == 1
    [arrived] = inbox.messages
    assert typed.replace("\r\n", "\n").strip("\n") in arrived.text
