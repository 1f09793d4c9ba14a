from __future__ import annotations

from typing import NamedTuple

from cases.models import Case, CaseMail, Promise
from mail.models import Email

MOST = 50
#: The kinds of mail, a floor above: cases/mails/{promise_confirmed,case_opened,resolved_in_call}.py
CONFIRMED = "promise_confirmed"
OPENED = ("case_opened", "resolved_in_call")


class Agreement(NamedTuple):
    promise: Promise
    confirmation: Email | None


def agreements_of(case: Case) -> list[Agreement]:
    """Open ones first, by their day; then what was settled; each with the mail that
    confirmed it.
    """
    of_case = Promise.objects.filter(case=case).select_related("by")
    promises = list(of_case.open_first()[:MOST])
    if not promises:
        return []
    links = CaseMail.objects.filter(promise__in=promises, email__template__key=CONFIRMED)
    # the last one, if it was sent again
    links = links.select_related("email__template").order_by("email__created_at")
    mails = {link.promise_id: link.email for link in links}
    opened = _opening_mail(case) if any(_is_of_the_call(each, case) for each in promises) else None
    return [
        Agreement(each, mails.get(each.pk, opened if _is_of_the_call(each, case) else None))
        for each in promises
    ]


def _is_of_the_call(promise: Promise, case: Case) -> bool:
    """Agreed on when the case was opened: its first mail confirmed it."""
    return promise.at == case.opened_at


def _opening_mail(case: Case) -> Email | None:
    links = CaseMail.objects.filter(case=case, email__template__key__in=OPENED)
    last = links.select_related("email__template").order_by("email__created_at").last()
    return last.email if last else None
