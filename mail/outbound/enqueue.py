from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from common.typed_json import to_json
from mail.kinds import MailKind, MailParams
from mail.models import Email, EmailTemplate, MailLink
from mail.outbound.nudge import nudge_on_commit
from mail.texts import current_texts

#: Mails written in one statement.
CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class NewMail:
    """`key` names the event, the recipient and the mail. `said` is put into words when the mail is
    sent. `links` are unsaved rows that say what it's about.
    """

    kind: MailKind[MailParams]
    said: MailParams
    key: str
    to: str
    language: str
    care_of: str = ""  # the attorney, if `to` is theirs
    thread: str = ""
    is_test: bool = False
    links: Sequence[MailLink] = ()


def enqueue(mail: NewMail, *, now: datetime) -> bool:
    """Writes the row of one mail in the caller's transaction: no row without the event, and no
    event without the row.

    False if this key already has a row. Language and version of the text are those of this moment.
    """
    return bool(enqueue_all([mail], now=now))


def enqueue_all(mails: Iterable[NewMail], *, now: datetime) -> int:
    """The same for many mails, with a few statements for each CHUNK; returns how many had no row
    yet. No row for someone who has no address.
    """
    mails, written = (mail for mail in mails if mail.to), 0
    while chunk := list(islice(mails, CHUNK)):
        written += _write(chunk, now)
    if written:
        nudge_on_commit()
    return written


def _write(mails: list[NewMail], now: datetime) -> int:
    texts = current_texts((mail.kind for mail in mails), now=now)
    emails = [_row(mail, texts[mail.kind.key], now) for mail in mails]
    Email.objects.bulk_create(emails, ignore_conflicts=True)
    ids = [email.pk for email in emails]
    written = set(Email.objects.filter(pk__in=ids).values_list("pk", flat=True))
    _link((mail, email) for mail, email in zip(mails, emails, strict=True) if email.pk in written)
    return len(written)


def _link(written: Iterable[tuple[NewMail, Email]]) -> None:
    links: dict[type[MailLink], list[MailLink]] = defaultdict(list)
    for mail, email in written:
        for link in mail.links:
            link.email = email
            links[type(link)].append(link)
    for model, rows in links.items():
        model._default_manager.bulk_create(rows)


def _row(mail: NewMail, template: EmailTemplate, now: datetime) -> Email:
    email = Email(
        key=mail.key,
        template=template,
        language=mail.language,
        to=mail.to,
        care_of=mail.care_of,
        params=to_json(mail.said),
        thread=mail.thread,
        is_test=mail.is_test,
        is_secret=mail.kind.is_secret,
        next_attempt_at=now,
        created_at=now,
    )
    if email.is_secret:
        email.seal_params()
    return email
