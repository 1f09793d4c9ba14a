from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.outbox import NewMail, enqueue
from cases.mail.preview import preview_params
from cases.mail.render import TEST
from cases.models import Case
from leases.models import Lease


@transaction.atomic
def send_test_mail(
    *, key: TemplateKey, language: str, found: Case | Lease | None, by: User, now: datetime
) -> None:
    """The current text as a real mail to one's own address.

    It says what it would say about `found` and is no part of it: no entry, no trace on the case.
    """
    params = preview_params(key, found, language=language, now=now)
    mail = NewMail(
        key=f"test:{uuid.uuid4()}",
        template=key,
        to=by.email,
        language=language,
        params={**params, TEST: True},
    )
    enqueue(mail, now=now)
