"""The kinds of mail, for tests that go through all of them."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User
from mail.kinds import MailKind, all_kinds, kind_of
from mail.models import Email, EmailTemplate, MailLink
from mail.outbound.message import message
from mail.texts import current_texts

KINDS: list[MailKind[Any]] = list(all_kinds())
KEYS = [kind.key for kind in KINDS]
#: The kinds' own texts, by the columns of `EmailTemplate`.
TEXTS: dict[str, dict[str, str]] = {
    kind.key: {
        f"{field}_{language}": getattr(text, field)
        for language, text in kind.texts.items()
        for field in ("subject", "body")
    }
    for kind in KINDS
}
ALLOWED = {kind.key: tuple(kind.placeholders) for kind in KINDS}
REQUIRED = {
    kind.key: {"subject": set(kind.in_subject), "body": set(kind.in_body)} for kind in KINDS
}


def check(key: str, field: str, text: str) -> None:
    kind_of(key).check(field, text)


def is_obsolete(mail: Email, now: datetime) -> bool:
    return not mail.kind.is_still_true(mail, now)


def goes_at(mail: Email, now: datetime) -> datetime:
    return now if mail.is_test else mail.kind.goes_at(mail, now)


def edited(key: str, *, now: datetime, **texts: str) -> EmailTemplate:
    """An administrator's text as the next version; unchecked, for what no form would accept."""
    before = EmailTemplate.objects.current().filter(key=key).first()
    version = before.version + 1 if before else 2
    by, _is_new = User.objects.get_or_create(
        email="editor@puente.example",
        defaults={"name": "Iris", "role": Role.ADMINISTRATOR, "language": "es"},
    )
    texts = TEXTS[key] | texts
    row: EmailTemplate = EmailTemplate.objects.create(
        key=key, version=version, by=by, at=now, **texts
    )
    return row


def forget(mails: QuerySet[Email] | None = None) -> None:
    """Deletes these mails, or all, with their links: as if they had never been written."""
    found = list((Email.objects.all() if mails is None else mails).values_list("pk", flat=True))
    for link in MailLink.__subclasses__():
        link._default_manager.filter(email__in=found).delete()
    Email.objects.filter(pk__in=found).delete()


def install(*, now: datetime) -> None:
    """Writes every kind's text, so that what the first mail would write isn't counted."""
    current_texts(KINDS, now=now)


def newest(*keys: str) -> tuple[str, str]:
    """Subject and words of the newest mail of these kinds."""
    mail = Email.objects.filter(template__key__in=keys).latest("created_at")
    found = message_from_bytes(message(mail), policy=default)
    plain = found.get_body(("plain",))
    assert plain
    return found["Subject"], plain.get_content()
