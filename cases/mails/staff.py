"""Mails to our own people, each in their own language."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from accounts.models import User
from mail.kinds import MailKind, MailParams
from mail.models import MailLink
from mail.outbound.enqueue import NewMail


def staff_mail(
    kind: MailKind[MailParams],
    said: MailParams,
    to: User,
    *,
    key: str,
    links: Sequence[MailLink] = (),
) -> NewMail:
    """In the person's language, otherwise the installation's."""
    language = to.language or settings.LANGUAGE_CODE
    return NewMail(kind=kind, said=said, key=key, to=to.email, language=language, links=links)
