"""One mail as it goes over the wire."""

from __future__ import annotations

from binascii import b2a_qp
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import punycode

from cases.mail import reply_address
from cases.mail.render import TEST, render
from cases.models import Email


def message(email: Email) -> bytes:
    """The same id and date at every attempt: a mail that arrives twice is seen to be one.

    Put together by hand: the library's classes for it take three quarters of the time of a mail.
    What `render` raises, and ValueError for an address that is none or a header that would not be
    one line.
    """
    words = render(email)
    boundary = f"=_{email.id.hex}"  # no quoted-printable text holds "=_"
    head = [
        _subject(words.subject),
        _from(settings.DEFAULT_FROM_EMAIL),
        _line("To", recipient(email)),
    ]
    if answers := _reply_to(email):
        head.append(_line("Reply-To", answers))
    head.append(_line("Date", format_datetime(email.created_at)))
    head.append(_line("Message-ID", f"<{email.id}@{host()}>"))
    # A test is about a case and belongs to none.
    if (number := email.params.get("case_number")) and not email.params.get(TEST):
        thread = f"<case-{number}@{host()}>"
        head += [_line("In-Reply-To", thread), _line("References", thread)]
    return b"".join(
        [
            *head,
            _line("Auto-Submitted", "auto-generated"),
            _line("X-Auto-Response-Suppress", "All"),
            _line("MIME-Version", "1.0"),
            _line("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
            _line("Content-Language", email.language),
            _part(boundary, "plain", words.text),
            _part(boundary, "html", words.html),
            f"\r\n--{boundary}--\r\n".encode("ascii"),
        ]
    )


def _line(name: str, value: str) -> bytes:
    """A header of ASCII that needs no folding."""
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"{name} is not one line of ASCII")
    return f"{name}: {value}\r\n".encode("ascii")


@lru_cache(maxsize=4)
def _from(value: str) -> bytes:
    """With a name that may need encoding."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = value
    return mail.as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n"


def _part(boundary: str, subtype: str, text: str) -> bytes:
    """Plain ASCII on the wire: no server on the way has to be able to do more."""
    head = (
        f"\r\n--{boundary}\r\n"
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode("ascii") + b2a_qp(text.replace("\n", "\r\n").encode())


def _subject(text: str) -> bytes:
    """By the older Header class: the newer one adds spaces where it breaks some long lines."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    # The library's 78 makes lines and encoded words longer than RFC 2047 allows.
    line = Header(text, charset, 76, "Subject").encode(linesep="\r\n")
    return f"Subject: {line}\r\n".encode("ascii")


def recipient(email: Email) -> str:
    """The address in ASCII; ValueError where it has no such form or names nobody."""
    local, _, domain = email.to.rpartition("@")
    address = f"{local}@{punycode(domain)}"
    address.encode("ascii")
    if not Address(addr_spec=address).username:  # forms take `""@example.com`
        raise ValueError("empty address")
    return address


def sender(email: Email | None = None) -> str:
    """Of the envelope: what comes back says by its address which mail it is about."""
    bounces = reply_address.make_bounce(email.pk) if email else ""
    return bounces or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _reply_to(email: Email) -> str:
    """Empty for a mail about no case, and where nobody would read the answers."""
    if email.case_id is None or not settings.INBOUND_ADDRESS:
        return ""
    number = email.params.get("case_number")
    if number is None and email.case is not None:
        number = email.case.number
    return reply_address.make(str(number))


def host() -> str:
    """Of the ids of our mails."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"
