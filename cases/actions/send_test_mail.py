from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from cases.mails.preview import preview_said
from cases.models import Case
from leases.models import Lease
from mail.kinds import MailKind, MailParams
from mail.outbound.enqueue import NewMail, enqueue


@transaction.atomic
def send_test_mail(
    *,
    kind: MailKind[MailParams],
    language: str,
    found: Case | Lease | None,
    by: User,
    now: datetime,
) -> None:
    """The current text as a real mail to your own address.

    It shows the facts of `found` but isn't part of it: no entry, no trace on the case.
    """
    said = preview_said(kind, found, language=language, now=now)
    key = f"test:{uuid.uuid4()}"
    mail = NewMail(kind=kind, said=said, key=key, to=by.email, language=language, is_test=True)
    enqueue(mail, now=now)
