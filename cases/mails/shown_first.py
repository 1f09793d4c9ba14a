"""The mail of an action that is tried first, so that someone reads it before anything happens."""

from __future__ import annotations

from typing import NamedTuple

from mail.models import Email
from mail.outbound.render import Rendered, render
from mail.recipients import due_recipient


class ShownMail(NamedTuple):
    to: str
    attorney: str  # who gets it in the customer's place, if someone does
    language: str
    mail: Rendered


def shown_first(key: str) -> ShownMail | None:
    """As it would go out now; None if no one would get it. In the transaction that wrote it."""
    email = Email.objects.select_related("template").filter(key=key).first()
    if email is None:
        return None
    due = due_recipient(email)
    email.to, email.care_of = due.to, due.care_of
    email.language = due.language or email.language
    return ShownMail(due.to, due.care_of, email.language, render(email)) if due.to else None
