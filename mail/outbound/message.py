"""Builds one mail for the wire."""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address, HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import punycode

from mail import reply_address, threads
from mail.models import Email
from mail.outbound.render import render

_headers = HeaderRegistry()
# Ids are never broken over lines, however long the host name is.
for _name in ("references", "in-reply-to"):
    _headers.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]
_POLICY = SMTP.clone(header_factory=_headers)


def message(email: Email) -> bytes:
    """The same id and date at every attempt, so that a mail that arrives twice is recognized as
    one.

    Raises what `render` raises, and ValueError for an invalid address.
    """
    words = render(email)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = Address(addr_spec=envelope_recipient(email))
    if answers := _reply_to(email):
        mail["Reply-To"] = Address(addr_spec=answers)
    mail["Date"] = format_datetime(email.created_at)
    mail["Message-ID"] = f"<{email.id}@{host()}>"
    if email.thread:
        thread = f"<{threads.current().prefix}-{email.thread}@{host()}>"
        mail["In-Reply-To"] = mail["References"] = thread
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    # Plain ASCII on the wire, so no server on the way needs to support more.
    mail.set_content(words.text, cte="quoted-printable")
    mail.add_alternative(words.html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = email.language  # last: the parts take over the Content-* headers
    return _subject(words.subject) + mail.as_bytes()


def _subject(text: str) -> bytes:
    """Uses the older Header class: the newer one adds spaces where it breaks some long lines."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    # The library's default of 78 makes lines and encoded words longer than RFC 2047 allows.
    line = Header(text, charset, 76, "Subject").encode(linesep="\r\n")
    return f"Subject: {line}\r\n".encode("ascii")


def envelope_recipient(email: Email) -> str:
    """The address in ASCII; ValueError if it has no such form or names no one."""
    local, _, domain = email.to.rpartition("@")
    address = f"{local}@{punycode(domain)}"
    address.encode("ascii")
    if not Address(addr_spec=address).username:  # forms accept `""@example.com`
        raise ValueError("empty address")
    return address


def envelope_sender(email: Email | None = None) -> str:
    """The envelope's sender: a bounce says with its address which mail it's about."""
    bounces = reply_address.make_bounce(email.pk) if email else ""
    return bounces or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _reply_to(email: Email) -> str:
    """For a mail without a conversation, the plain address: replies wait there for someone.

    Empty for secrets, and if no one would read the replies.
    """
    if email.is_secret or not settings.INBOUND_ADDRESS:
        return ""
    if not email.thread:
        return str(settings.INBOUND_ADDRESS)
    return reply_address.make(email.thread, now=email.created_at)


def host() -> str:
    """The host part of our mails' ids."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"
