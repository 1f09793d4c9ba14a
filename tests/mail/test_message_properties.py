"""Whatever anyone puts into a mail: its shape stays, its words arrive, it goes to one person."""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from common.support import support_line
from mail import outbox
from mail.outbound.message import envelope_recipient, message
from mail.outbound.render import render
from tests.mail.conftest import CASE_PARAMS, Inbox
from tests.mail.test_mail_texts import mail_of, on_the_wire, part, spoken
from tests.mails import edited

HEADERS = [
    "Subject", "From", "To", "Date", "Message-ID", "In-Reply-To", "References",
    "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    "Content-Language",
]  # fmt: skip
_HEADER = re.compile(rb"([!-9;-~]+): ?((?:[ -~]|\r\n[ \t](?=[ \t]*[!-~]))*)")

#: Pieces that mean something to some program on the way.
HOSTILE = st.sampled_from(
    [
        "\r\nBcc: all@example.com", "\nSubject: x", "\r\n\r\n", "\r\n.\r\n", "\n..\n", "\r", "\0",
        "=?utf-8?q?Hola?=", "=?", "?=", "=\u202e?", "=0D=0A", "%0d%0a", "\u2028", "\u2029", "\x85",
        "\x0b", "\x0c", "\x1b[31m", "{case_number}", "{{", "}}", "{", "}", "{0}", "{x.__class__}",
        "%s", "%(x)s", "{% load x %}", "<script>", "</p></body>", "<!--", "]]>", "&lt;", "&amp",
        "\u202egnp.exe", "\u2066", "\u200b", "\ufeff", "שלום", "مرحبا", "Peña", "n\u0303",
        "👩‍👩‍👧", "🇲🇽", "e" + "\u0301" * 40, "x" * 1200, "ñ" * 300, "👋" * 90,
        "\t", "  ", "\xa0", '"', "'",
        "--===", "From me", "@", ",", ";", ":", "<a@b.c>",
    ]
)  # fmt: skip
#: What people and other machines type, as far as PostgreSQL stores it.
TYPED = st.lists(
    HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8
).map("".join)


#: Of the layout: templates/mail/letter.html.
OURS = {"body", "div", "table", "tbody", "tr", "td", "h1", "p", "br"}
IN_A_LINE = {"a", "b", "span"}


class _Seen(HTMLParser):
    """The words a reader of the HTML part sees."""

    def __init__(self) -> None:
        super().__init__()
        self.is_body = False
        self.text = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_body = self.is_body or tag == "body"
        assert not self.is_body or tag in OURS | IN_A_LINE
        self.links += [str(value) for name, value in attrs if name == "href"]
        self.text += " " if tag not in IN_A_LINE else ""

    def handle_data(self, data: str) -> None:
        self.text += data if self.is_body else ""


def strictly(raw: bytes) -> list[tuple[str, str]]:
    """The headers exactly by RFC 5322 and 2047, unfolded, without the library's leniency."""
    head, _, _ = raw.partition(b"\r\n\r\n")
    found = []
    for line in re.split(rb"\r\n(?![ \t])", head):
        header = _HEADER.fullmatch(line)
        assert header, line
        assert max(map(len, line.split(b"\r\n"))) <= 998
        if line.startswith(b"Subject: =?"):
            assert max(map(len, line.split(b"\r\n"))) <= 76
            assert all(len(word) <= 75 for word in re.findall(rb"=\?[^ ]*\?=", line))
        found.append((header[1].decode(), header[2].replace(b"\r\n", b"").decode()))
    return found


def _plain(address: str) -> str:
    """`"a.b"@example.com` is `a.b@example.com`."""
    local, _, domain = address.rpartition("@")
    if local.startswith('"'):
        local = re.sub(r"\\(.)", r"\1", local[1:-1])
    return f"{local}@{domain}"


def check(mail: Any) -> None:
    raw, words = message(mail), render(mail)
    arrived = on_the_wire(mail)
    assert [name for name, _ in strictly(raw)] == HEADERS
    assert arrived.keys() == HEADERS
    assert not arrived.defects
    # four readings of the subject
    assert arrived["Subject"] == words.subject
    assert str(make_header(decode_header(dict(strictly(raw))["Subject"]))) == words.subject
    older = message_from_bytes(raw, policy=compat32)["Subject"]
    assert str(make_header(decode_header(older.replace("\r\n", "")))) == words.subject
    assert len(words.subject) <= 200
    assert not {unicodedata.category(c) for c in words.subject} & {"Cc", "Zl", "Zp"}
    # both parts
    assert [each.get_content_type() for each in arrived.iter_parts()] == ["text/plain", "text/html"]
    assert part(arrived, "plain") == words.text
    seen = _Seen()
    seen.feed(part(arrived, "html"))
    seen.close()
    assert spoken(seen.text) == spoken(words.text)
    links = set(seen.links) - {support_line("es").url}
    assert all(link.startswith("http://127.0.0.1:8000/") for link in links)
    # one addressee
    [to] = arrived["To"].addresses
    assert _plain(to.addr_spec) == _plain(envelope_recipient(mail))
    assert arrived["Message-ID"] == f"<{mail.id}@127.0.0.1>"
    assert message(mail).split(b"boundary")[0] == raw.split(b"boundary")[0]  # at every attempt


@settings(deadline=None, max_examples=100)  # the first mail of a process loads catalogs
@given(name=TYPED, typed=TYPED, text=TYPED)
@example(name="Carla\r\nBcc: all@example.com", typed="\r\n.\r\nMAIL FROM:<x@example.com>", text="")
@example(name="=?utf-8?q?Carla?=", typed="x", text="=?utf-8?b?SG9sYQ==?=")
@example(name="Carla", typed="x" * 5000, text="x" * 400)
@example(name="Peña 👩‍👩‍👧 " * 12, typed="👋" * 300, text="👋" * 300)
@example(name="José" + "\u0301" * 100, typed="\u2028\u2028a\u0085b", text="")
def test_nothing_typed_changes_the_shape(name: str, typed: str, text: str) -> None:
    """By a customer, an agent, or an administrator who writes the mail's text."""
    params = CASE_PARAMS | {"customer_name": name, "message": typed}
    literal = text.replace("{", "{{").replace("}", "}}")
    texts = {
        "subject_es": f"{{case_number}} {{customer_name}} {literal} {{message}}",
        "body_es": f"{literal}{{customer_name}}: {{message}} {literal}\n\n{{portal_link}}",
    }
    check(mail_of("follow_up", texts=texts, params=params))


_LOCAL = st.text("abzAZ09.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=64)
_QUOTED = st.text(st.characters(max_codepoint=127), max_size=40).map('"{}"'.format)
_DOMAIN = st.lists(st.text("abz09-ñü日", min_size=1, max_size=63), min_size=2, max_size=5).map(
    ".".join
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
@given(local=_LOCAL | _QUOTED, domain=_DOMAIN | st.just("example.com"))
@example(local="=?utf-8?q?carla?=", domain="example.com")
@example(local='"a b"', domain="example.com")
@example(local='"a\\"b>,x"', domain="example.com")
@example(local="o'neil+puente", domain="peña.example")
@example(local="a" * 64, domain=".".join(["b" * 60, "c" * 60, "d" * 50, "example"]))
def test_any_address_is_one_addressee(local: str, domain: str) -> None:
    """Every address our forms accept arrives unchanged, or is refused completely: never as
    another.
    """
    to = f"{local}@{domain}"
    try:
        validate_email(to)
    except ValidationError:
        assume(False)
    assume(len(to) <= 254)
    mail = mail_of("case_opened", to=to)
    try:
        envelope_recipient(mail)
        message(mail)
    except ValueError:
        return
    check(mail)


@pytest.mark.django_db
@settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(TYPED.map(lambda text: text.replace("\0", "")), min_size=1, max_size=12))
@example(names=["Íñigo Peña-Núñez 👩‍👧", "Ñandú 🛋️ " * 20, "\r\n.\r\nQUIT\r\n", ".", "..\n.\n..a"])
def test_it_arrives_over_smtp_as_it_was_written(inbox: Inbox, post: Any, names: list[str]) -> None:
    before = len(inbox.messages)
    texts = {
        f"{field}_{language}": "{case_number} {customer_name} {message} ñ 🛋️"
        for field in ("subject", "body")
        for language in ("en", "es")
    }
    version = edited("message_added", now=timezone.now(), **texts).version
    posted = [
        post(
            "message_added",
            to=f"carla{place}.{version}@example.com",
            thread="260001233",
            params=CASE_PARAMS | {"customer_name": name, "message": name},
        )
        for place, name in enumerate(names)
    ]
    assert outbox.drain().sent == len(names)
    arrived = {each.recipients: each for each in inbox.messages[before:]}
    assert len(arrived) == len(names)
    for mail in posted:
        mail.refresh_from_db()
        came, words = arrived[(mail.to,)], render(mail)
        assert came.subject == words.subject
        assert came.text.replace("\r\n", "\n") == words.text
        raw = inbox.raw(came).partition(b"X-Envelope-To: ")[2].partition(b"\r\n")[2]
        assert [name for name, _ in strictly(raw)] == HEADERS
