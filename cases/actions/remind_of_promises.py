"""Reminders of verbal agreements, two days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch

from cases.enums import CaseStatus, Event, Party
from cases.mails.promise_due import PROMISE_DUE
from cases.mails.promises import promise_mail
from cases.models import CaseMail, Entry, Promise
from common.company_day import business_day
from leases.queries.contact import window_of
from leases.reminder_times import FARTHEST, agreed_before, is_time
from mail.outbound.enqueue import NewMail, enqueue_all

#: Rows in memory at a time; each run looks at all of them.
CHUNK = 500


@transaction.atomic
def remind_of_promises(*, now: datetime) -> int:
    """Each once, in the customer's own hours; customers outside them are left to a later run.

    Only what the customer promised, and only if it wasn't agreed in the last few days anyway.
    """
    return enqueue_all(_reminders(now), now=now)


def _reminders(now: datetime) -> Iterator[NewMail]:
    today = business_day(now)
    told = CaseMail.objects.filter(promise=OuterRef("pk"), email__template__key=PROMISE_DUE.key)
    soon = Promise.objects.open().filter(
        ~Exists(told), party=Party.CUSTOMER, due_on__gte=today, due_on__lte=today + FARTHEST
    )
    made = Entry.objects.filter(event=Event.PROMISE_MADE)
    for promise in (
        agreed_before(soon, "at")
        .exclude(case__status=CaseStatus.CLOSED)
        .select_related("case__lease__customer", "case__lease__store", "case__contact")
        .prefetch_related(Prefetch("case__entries", made, to_attr="agreed_in"))
        .order_by("pk")
        .iterator(CHUNK)
    ):
        hours = window_of(promise.case.person)
        if not is_time(hours, promise.due_on, agreed_at=promise.at, now=now):
            continue
        entries = promise.case.agreed_in  # type: ignore[attr-defined]
        entry = next((each for each in entries if each.params["promise"] == promise.pk), None)
        yield promise_mail(PROMISE_DUE, promise, entry=entry, now=now)
