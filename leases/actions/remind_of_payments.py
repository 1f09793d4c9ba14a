"""Reminds customers of the payments of recovery plans: two days ahead, and once missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from common.company_day import business_day
from leases.availability import is_open
from leases.enums import PlanKind, PromiseState
from leases.mails.plan_payment_due import PLAN_PAYMENT_DUE
from leases.mails.plan_payment_missed import PLAN_PAYMENT_MISSED
from leases.mails.plan_payments import PlanPaymentParams, plan_payment_mail
from leases.models import Lease, LeaseMail, Plan, PlanPromise
from leases.queries.contact import window_of
from leases.queries.missed import with_missed_promises
from leases.queries.plans import IN_FORCE, promise_standings, with_received
from leases.reminder_times import FARTHEST, agreed_before, is_time
from mail.kinds import MailKind
from mail.outbound.enqueue import enqueue_all

#: People tell the customer about a payment missed longer ago: a first run must not reach back
#: years.
MISSED_SINCE = timedelta(days=7)
#: Rows in memory at a time; each run looks at all of them.
CHUNK = 500


@transaction.atomic
def remind_of_payments(*, now: datetime) -> int:
    """Each reminder once, in the customer's own hours, from the ledger: before the day, and when
    missed.
    """
    today = business_day(now)
    coming = (
        each
        for each in _coming(today)
        if is_time(
            window_of(each.plan.lease.customer), each.due_on, agreed_at=each.plan.at, now=now
        )
    )
    return _tell(coming, PLAN_PAYMENT_DUE, now) + _tell(_missed(today), PLAN_PAYMENT_MISSED, now)


def _tell(promises: Iterable[PlanPromise], kind: MailKind[PlanPaymentParams], now: datetime) -> int:
    mails = (
        plan_payment_mail(kind, promise)
        for promise in promises
        if is_open(window_of(promise.plan.lease.customer), now)
    )
    return enqueue_all(mails, now=now)


def _coming(today: date) -> Iterator[PlanPromise]:
    in_force = Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY)
    soon = _untold(PLAN_PAYMENT_DUE).filter(
        plan__in=in_force, due_on__gte=today, due_on__lte=today + FARTHEST
    )
    soon = agreed_before(soon, "plan__at")
    plans = with_received(
        in_force.filter(pk__in=soon.values("plan")).select_related(
            "lease__customer", "lease__store"
        ),
        today,
    )
    plans = plans.prefetch_related(Prefetch("promises", PlanPromise.objects.order_by("number")))
    ids = set(soon.values_list("pk", flat=True))
    for plan in plans.order_by("pk").iterator(CHUNK):
        for each in promise_standings(plan, list(plan.promises.all()), today):
            if each.promise.pk in ids and each.state != PromiseState.KEPT:
                yield each.promise


def _missed(today: date) -> Iterator[PlanPromise]:
    """The first payment of each plan that wasn't made."""
    missed = with_missed_promises(Lease.objects.all(), today=today).filter(
        Q(missed_on=OuterRef("due_on")), pk=OuterRef("plan__lease")
    )
    return (
        _untold(PLAN_PAYMENT_MISSED)
        .filter(Exists(missed), due_on__lt=today, due_on__gte=today - MISSED_SINCE)
        .filter(plan__in=Plan.objects.filter(IN_FORCE, kind=PlanKind.RECOVERY))
        .select_related("plan__lease__customer", "plan__lease__store")
        .order_by("pk")
        .iterator(CHUNK)
    )


def _untold(kind: MailKind[PlanPaymentParams]) -> QuerySet[PlanPromise]:
    told = LeaseMail.objects.filter(promise=OuterRef("pk"), email__template__key=kind.key)
    return PlanPromise.objects.exclude(Exists(told))
