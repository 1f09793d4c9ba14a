from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from cases.enums import TemplateKey
from cases.mail.nudge import nudge_on_commit
from cases.models import Case, Email, EmailTemplate, Entry

#: Mails written with one statement.
CHUNK = 500


class NewMail(NamedTuple):
    """`key` names the event, the recipient and the mail. `params` holds codes and names as JSON
    (cases/mail/values.py); they are worded as the mail is sent.
    """

    key: str
    template: TemplateKey
    to: str
    language: str
    params: dict[str, Any]
    case: Case | None = None
    entry: Entry | None = None
    is_secret: bool = False


def enqueue(mail: NewMail, *, now: datetime) -> bool:
    """The row of one mail, in the caller's transaction: no row without the event, nor the reverse.

    False if this key already has its row. Language and version of the text are those of this
    moment.
    """
    return bool(enqueue_all([mail], now=now))


def enqueue_all(mails: Iterable[NewMail], *, now: datetime) -> int:
    """The same for many, three statements for each CHUNK; how many had no row yet."""
    mails, written = iter(mails), 0
    while chunk := list(islice(mails, CHUNK)):
        written += _write(chunk, now)
    if written:
        nudge_on_commit()
    return written


def _write(mails: list[NewMail], now: datetime) -> int:
    current = EmailTemplate.objects.current().filter(key__in={mail.template for mail in mails})
    templates = {template.key: template for template in current}
    emails = [_row(mail, templates[mail.template], now) for mail in mails]
    Email.objects.bulk_create(emails, ignore_conflicts=True)
    return Email.objects.filter(pk__in=[email.pk for email in emails]).count()


def _row(mail: NewMail, template: EmailTemplate, now: datetime) -> Email:
    email = Email(
        key=mail.key,
        template=template,
        language=mail.language,
        to=mail.to,
        params=mail.params,
        case=mail.case,
        entry=mail.entry,
        is_secret=mail.is_secret,
        next_attempt_at=now,
        created_at=now,
    )
    if mail.is_secret:
        email.seal_params()
    return email
