"""An incoming mail in the form the rest of Puente uses. Pure.

Never raises, unless the worker is out of time.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass

from celery.exceptions import SoftTimeLimitExceeded

from mail.inbound.body import Body
from mail.inbound.charsets import header_text
from mail.inbound.head import Head, read_head
from mail.inbound.limits import DEFAULT, Limits, TooMuch
from mail.inbound.parse import read_body
from mail.inbound.people import sender
from mail.inbound.quoting import Reply, split

log = logging.getLogger(__name__)

LONGEST_TEXT = 50_000
LONGEST_LINE = 250
_ARMOUR = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True)
class Letter:
    key: str  # the same for the same mail, whichever way it came in
    head: Head
    body: Body
    sender: str  # folded; empty unless there is exactly one
    shown_sender: str
    subject: str
    message_id: str
    text: str
    reply: Reply
    is_whole: bool  # False: its content couldn't be read, or not all of it


def read_letter(raw: bytes, *, limits: Limits = DEFAULT, only_head: bool = False) -> Letter:
    head = read_head(raw, limits=limits)
    body, words, noted = (None, "", "") if only_head else _body(raw, head, limits)
    text = "\n\n".join(filter(None, (words, noted)))
    from_ = sender(head)
    shown = from_[:320] or header_text(head.first("from"), longest=320)
    message_id = header_text(head.first("message-id"), longest=LONGEST_LINE)
    return Letter(
        key=_key(raw, head, body, text, message_id, shown),
        head=head,
        body=body or Body(),
        sender=from_,
        shown_sender=shown,
        subject=header_text(head.first("subject"), longest=LONGEST_LINE),
        message_id=message_id,
        text=text,
        reply=_reply(words, noted, from_),
        is_whole=body is not None and not body.is_sealed and _ARMOUR not in text,
    )


def _reply(words: str, noted: str, sender: str) -> Reply:
    """A text file is shown below the mail, and isn't part of what the mail quotes."""
    reply = split(words, sender=sender)
    return Reply("\n\n".join(filter(None, (reply.visible, noted))), reply.quoted)


def _body(raw: bytes, head: Head, limits: Limits) -> tuple[Body | None, str, str]:
    """With its own text and that of its text files."""
    longest = limits.text_characters
    try:
        body = read_body(raw, head, limits)
        words = body.words[:longest]
        return body, words, body.noted(beside_words=bool(words))[: longest - len(words)]
    except TooMuch as error:
        log.warning("inbound_mail_too_much what=%s", error)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:  # bytes made to break a parser must not stop the other mails
        log.warning("inbound_mail_unreadable error=%s", type(error).__name__)
    return None, "", ""


def _key(
    raw: bytes, head: Head, body: Body | None, text: str, message_id: str, shown_sender: str
) -> str:
    """A key that is the same for the same mail. Servers add headers and providers rewrite the mail,
    so it uses only what they leave alone.

    A mail without an id counts as the same only if all of it is the same: the same few words may
    well be sent twice.
    """
    if body is None or not message_id:
        return hashlib.sha256(raw).hexdigest()
    says = [message_id, shown_sender, head.first("date"), _unspaced(text)]
    files = sorted(_hash_of(each.content) for each in body.attachments)
    reports = [_unspaced(each) for each in body.reports]
    return hashlib.sha256(json.dumps([says, files, reports]).encode()).hexdigest()


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _hash_of(content: bytes) -> str:
    """A text file has the line ends of the last program that handled it."""
    return hashlib.sha256(content.translate(None, b"\r\n")).hexdigest()
