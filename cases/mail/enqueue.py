from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.enums import TemplateKey
from cases.mail.nudge import nudge_on_commit
from cases.models import Case, Email, EmailTemplate, Entry


def enqueue(
    *,
    key: str,
    template: TemplateKey,
    to: str,
    language: str,
    params: dict[str, Any],
    now: datetime,
    case: Case | None = None,
    entry: Entry | None = None,
    is_secret: bool = False,
) -> bool:
    """The row of one mail, in the caller's transaction: no row without the event, nor the reverse.

    `key` names the event, the recipient and the mail; False if it already has its row. Language and
    version of the text are those of this moment. `params` holds codes and names as JSON
    (cases/mail/values.py); they are worded as the mail is sent.
    """
    email = Email(
        key=key,
        template=EmailTemplate.objects.current().get(key=template),
        language=language,
        to=to,
        params=params,
        case=case,
        entry=entry,
        is_secret=is_secret,
        next_attempt_at=now,
        created_at=now,
    )
    if is_secret:
        email.seal_params()
    Email.objects.bulk_create([email], ignore_conflicts=True)
    if not Email.objects.filter(pk=email.pk).exists():
        return False
    nudge_on_commit()
    return True
