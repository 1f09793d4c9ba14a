"""Mails to our own people, each in their own language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.enqueue import enqueue


def enqueue_staff_mail(
    to: User, template: TemplateKey, *, key: str, now: datetime, **params: Any
) -> bool:
    """False if this event already has its mail; see `enqueue`. Who chose no language gets ours.

    `params` by mail: outside_deadline those of `case_params` and `outside` (`body`, `reference`,
    `received_on`, `due_on`, `days_left`); weekly_report `week` (as
    cases/queries/week.py counts it). The row has no case: it is no part of the customer's record.
    """
    return enqueue(
        key=key,
        template=template,
        to=to.email,
        language=to.language or settings.LANGUAGE_CODE,
        params={"staff_name": to.name, **params},
        now=now,
    )
