from __future__ import annotations

from typing import NamedTuple

from cases.enums import TemplateKey
from cases.models import Case, Email, Promise

MOST = 50


class Agreement(NamedTuple):
    promise: Promise
    confirmation: Email | None


def agreements_of(case: Case) -> list[Agreement]:
    """Open ones first, by their day; then what was settled; each with the mail that told it."""
    of_case = Promise.objects.filter(case=case).select_related("by")
    promises = list(of_case.open_first()[:MOST])
    if not promises:
        return []
    mails = {
        mail.key: mail
        for mail in Email.objects.filter(
            case=case, template__key=TemplateKey.PROMISE_CONFIRMED
        ).select_related("template")
    }
    return [
        Agreement(each, mails.get(each.mail_key(TemplateKey.PROMISE_CONFIRMED)))
        for each in promises
    ]
