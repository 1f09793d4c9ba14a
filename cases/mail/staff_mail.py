"""Mails to our own people, each in their own language."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.models import User
from cases.enums import TemplateKey
from cases.mail.enqueue import NewMail


def staff_mail(to: User, template: TemplateKey, *, key: str, **params: Any) -> NewMail:
    """Who chose no language gets ours.

    `params` by mail: outside_deadline those of `case_params` and `outside` (`body`, `reference`,
    `received_on`, `due_on`, `days_left`); weekly_report `week` (as
    cases/queries/week.py counts it). The row has no case: it is no part of the customer's record.
    """
    return NewMail(
        key=key,
        template=template,
        to=to.email,
        language=to.language or settings.LANGUAGE_CODE,
        params={"staff_name": to.name, **params},
    )
