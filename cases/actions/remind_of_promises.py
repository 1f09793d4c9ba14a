"""What the clock says about agreements: two days ahead, and for payments once they are missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate

from cases.enums import CaseStatus, Event, Party, TemplateKey
from cases.mail.outbox import NewMail, enqueue_all
from cases.mail.promise_mail import plan_promise_mail, promise_mail
from cases.models import Email, Entry, Promise
from common.company_day import business_day, company_zone
from common.weekdays import WEEKDAYS
from leases.availability import Window, is_open
from leases.enums import PlanKind, PromiseState
from leases.models import Lease, Plan, PlanPromise
from leases.queries.contact import window_of
from leases.queries.missed import with_missed_promises
from leases.queries.plans import IN_FORCE, kept, with_received

AHEAD = timedelta(days=2)
#: For whom none of those days is theirs.
FARTHEST = timedelta(days=6)
#: A payment missed longer ago is told by people: a first run must not reach back for years.
MISSED_SINCE = timedelta(days=7)
#: Rows held at a time; every one is looked at in each run.
CHUNK = 500

Row = TypeVar("Row", Promise, PlanPromise)


@transaction.atomic
def remind_of_promises(*, now: datetime) -> int:
    """Each once, in the customer's own hours; who cannot be written to now is left to a later run.

    Only what the customer promised, and only what was not agreed in the last days anyway.
    """
    return enqueue_all(_reminders(now), now=now)


def _reminders(now: datetime) -> Iterator[NewMail]:
    today = business_day(now)
    soon = _untold(Promise.objects.open(), f"{TemplateKey.PROMISE_DUE.value}:").filter(
        party=Party.CUSTOMER, due_on__gte=today, due_on__lte=today + FARTHEST
    )
    made = Entry.objects.filter(event=Event.PROMISE_MADE)
    for promise in (
        _agreed_before(soon, "at")
        .exclude(case__status=CaseStatus.CLOSED)
        .select_related("case__lease__customer", "case__lease__store")
        .prefetch_related(Prefetch("case__entries", made, to_attr="agreed_in"))
        .order_by("pk")
        .iterator(CHUNK)
    ):
        hours = window_of(promise.case.lease.customer)
        if not _is_time(hours, promise.due_on, agreed_at=promise.at, now=now):
            continue
        entries = promise.case.agreed_in  # type: ignore[attr-defined]
        entry = next((each for each in entries if each.params["promise"] == promise.pk), None)
        yield promise_mail(promise, TemplateKey.PROMISE_DUE, entry=entry, now=now)


@transaction.atomic
def remind_of_payments(*, now: datetime) -> int:
    """The same for the payments of recovery plans, from the ledger: before the day, and missed."""
    today = business_day(now)
    coming = (
        each
        for each in _coming(today)
        if _is_time(
            window_of(each.plan.lease.customer), each.due_on, agreed_at=each.plan.at, now=now
        )
    )
    return _tell(coming, TemplateKey.PROMISE_DUE, now) + _tell(
        _missed(today), TemplateKey.PROMISE_BROKEN, now
    )


def _is_time(hours: Window, due_on: date, *, agreed_at: datetime, now: datetime) -> bool:
    """In their hours, from two days ahead on, or on the last day of theirs before that."""
    begins = due_on - AHEAD
    if not hours.days & {WEEKDAYS[(due_on - timedelta(back)).weekday()] for back in range(3)}:
        while WEEKDAYS[begins.weekday()] not in hours.days:
            begins -= timedelta(days=1)
    return business_day(agreed_at) < begins <= business_day(now) and is_open(hours, now)


def _agreed_before(rows: QuerySet[Row], at: str) -> QuerySet[Row]:
    """Before the days in which it would be told: else the confirmation has just said it."""
    agreed_on = TruncDate(at, tzinfo=company_zone())
    return rows.alias(agreed_on=agreed_on).filter(due_on__gt=F("agreed_on") + AHEAD)


def _tell(promises: Iterable[PlanPromise], template: TemplateKey, now: datetime) -> int:
    mails = (
        plan_promise_mail(promise, template)
        for promise in promises
        if is_open(window_of(promise.plan.lease.customer), now)
    )
    return enqueue_all(mails, now=now)


def _coming(today: date) -> Iterator[PlanPromise]:
    in_force = Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY)
    soon = _untold(PlanPromise.objects.all(), f"plan_{TemplateKey.PROMISE_DUE.value}:").filter(
        plan__in=in_force, due_on__gte=today, due_on__lte=today + FARTHEST
    )
    soon = _agreed_before(soon, "plan__at")
    plans = with_received(
        in_force.filter(pk__in=soon.values("plan")).select_related(
            "lease__customer", "lease__store"
        ),
        today,
    )
    plans = plans.prefetch_related(Prefetch("promises", PlanPromise.objects.order_by("number")))
    ids = set(soon.values_list("pk", flat=True))
    for plan in plans.order_by("pk").iterator(CHUNK):
        for each in kept(plan, list(plan.promises.all()), today):
            if each.promise.pk in ids and each.state != PromiseState.KEPT:
                yield each.promise


def _missed(today: date) -> Iterator[PlanPromise]:
    """The first payment of each plan that has not come."""
    missed = with_missed_promises(Lease.objects.all(), today=today).filter(
        Q(missed_on=OuterRef("due_on")), pk=OuterRef("plan__lease")
    )
    return (
        _untold(PlanPromise.objects.all(), f"plan_{TemplateKey.PROMISE_BROKEN.value}:")
        .filter(Exists(missed), due_on__lt=today, due_on__gte=today - MISSED_SINCE)
        .filter(plan__in=Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY))
        .select_related("plan__lease__customer", "plan__lease__store")
        .order_by("pk")
        .iterator(CHUNK)
    )


def _untold(rows: QuerySet[Row], key: str) -> QuerySet[Row]:
    told = Email.objects.filter(key=Concat(Value(key), Cast(OuterRef("pk"), CharField())))
    return rows.exclude(Exists(told))
