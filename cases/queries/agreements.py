from __future__ import annotations

from typing import NamedTuple

from cases.models import Case, CaseMail, Promise
from mail.models import Email

MOST = 50
#: The kind of mail: cases/mails/promise_confirmed.py, a floor above.
CONFIRMED = "promise_confirmed"


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
    return [Agreement(each, mails.get(each.pk)) for each in promises]
