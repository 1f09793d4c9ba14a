"""Watchlists: leases that need someone's attention, each list in the order to work through it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import Enum

from django.conf import settings
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from common.company_day import business_day, company_zone
from common.pages import Page, page
from leases import clocks
from leases.enums import LeaseStatus as S
from leases.lifecycle import EXPIRING, GROWING_STALE
from leases.models import DisputedCharge, Lease, MerchandiseReturn, Program, Refund, StatusEvent
from leases.queries.clock_line import SOON
from leases.queries.missed import with_missed_promises

#: A larger count is shown as "1,000+": counting further would read every row.
COUNT_CAP = 1000


class Worklist(Enum):
    """In order of urgency. The value is part of the URL."""

    PENDING = "pending"  # the decision engine was down
    STUCK = "stuck"  # signed, and not accepted at once
    LATE_REPORTS = "late-reports"  # for a supervisor to decide
    DISPUTES = "disputes"  # transactions under review
    PROMISES = "promises"  # of recovery plans, past due and not paid
    EXPIRING = "expiring"
    INVOICES = "invoices"  # not delivered yet
    REVIEWS = "reviews"
    STALE = "stale"  # applications that led nowhere

    @property
    def is_alert(self) -> bool:
        """Whether it should always be empty."""
        return self in {Worklist.PENDING, Worklist.STUCK}


ORDER = {
    Worklist.PENDING: ("since", "id"),
    Worklist.STUCK: ("since", "id"),
    Worklist.LATE_REPORTS: ("since", "id"),
    Worklist.DISPUTES: ("since", "id"),
    Worklist.PROMISES: ("missed_on", "id"),
    Worklist.EXPIRING: ("expires_at", "id"),
    Worklist.INVOICES: ("expires_at", "id"),
    Worklist.REVIEWS: ("since", "id"),
    # customers who may be called come first; the longest expired come last
    Worklist.STALE: ("-applied_at", "-id"),
}


def worklist(which: Worklist, *, user: User, now: datetime) -> QuerySet[Lease]:
    """The leases of one list that this person may see, by effective status."""
    leases = Lease.objects.visible_to(user)
    match which:
        case Worklist.PENDING:
            return leases.filter(_pending()).annotate(since=F("applied_at"))
        case Worklist.STUCK:
            signed = Coalesce("signed_at", "contracts_at")
            return leases.filter(_stuck(now)).annotate(since=signed)
        case Worklist.LATE_REPORTS:
            open_one = FilteredRelation(
                "late_reports", condition=Q(late_reports__decided_at__isnull=True)
            )
            return (
                leases.annotate(report=open_one)
                .filter(report__isnull=False)
                .annotate(since=F("report__at"))
            )
        case Worklist.DISPUTES:
            return _disputed(leases)
        case Worklist.PROMISES:
            return with_missed_promises(leases, today=business_day(now))
        case Worklist.EXPIRING:
            return leases.filter(
                status__in=EXPIRING, expires_at__gt=now, expires_at__lt=_last_day(now)
            )
        case Worklist.INVOICES:
            return leases.under_contract(now)
        case Worklist.REVIEWS:
            return leases.filter(_current(), status=S.IN_PROCESS).annotate(since=_placed_at())
        case Worklist.STALE:
            return leases.filter(_current(), _stale(now), status__in=GROWING_STALE)


def worklist_page(which: Worklist, *, user: User, now: datetime, after: str = "") -> Page[Lease]:
    found = page(worklist(which, user=user, now=now), order=ORDER[which], after=after)
    # Joined for this page only: joined earlier, everything that waits would be joined just to be
    # sorted.
    prefetch_related_objects(found.rows, "customer", "store__merchant")
    return found


def count_worklist(which: Worklist, *, user: User, now: datetime) -> int:
    """Up to one more than COUNT_CAP."""
    return worklist(which, user=user, now=now).order_by()[: COUNT_CAP + 1].count()


def count_returns(*, user: User) -> int:
    """Open returns, which have their own list. Up to one more than COUNT_CAP."""
    found = MerchandiseReturn.objects.visible_to(user).open()
    return found.order_by()[: COUNT_CAP + 1].count()


def count_refunds(*, user: User) -> int:
    """Owed and not paid: they have their own list, too."""
    found = Refund.objects.visible_to(user).unpaid()
    return found.order_by()[: COUNT_CAP + 1].count()


def capped(count: int) -> str:
    return f"{COUNT_CAP:,}+" if count > COUNT_CAP else str(count)


def alerts(*, user: User, now: datetime) -> int:
    """How many leases wait where none should, up to one more than COUNT_CAP. One query."""
    found = Lease.objects.visible_to(user).filter(_pending() | _stuck(now))
    return found[: COUNT_CAP + 1].count()


def _disputed(leases: QuerySet[Lease]) -> QuerySet[Lease]:
    """With a transaction that no one has decided about; `since` the first was disputed."""
    waiting = DisputedCharge.objects.open()
    first = waiting.filter(lease=OuterRef("pk")).order_by("at").values("at")[:1]
    return leases.filter(pk__in=waiting.order_by().values("lease")).annotate(since=Subquery(first))


def _current() -> Q:
    """No later application replaced it."""
    return ~Q(Exists(Lease.objects.filter(supersedes=OuterRef("pk"))))


def _pending() -> Q:
    return Q(status=S.PENDING) & _current()


def _stuck(now: datetime) -> Q:
    late = now - timedelta(minutes=settings.ACCEPTANCE_MINUTES)
    return Q(status=S.CONTRACTS_RECEIVED, expires_at__gt=now) & (
        Q(signed_at__lte=late) | Q(signed_at__isnull=True)  # imported without its signing date
    )


def _stale(now: datetime) -> Q:
    """Like `Lease.is_stale`: older than an approval may get, by the program's days if it
    has any.
    """
    zone = company_zone()
    programs = Program.objects.filter(approval_days__isnull=False)
    own = {days for days in programs.values_list("approval_days", flat=True) if days}
    cutoffs = {days: clocks.add_days(now, -days, zone) for days in own | {settings.APPROVAL_DAYS}}
    stale = Q(program__approval_days__isnull=True, applied_at__lte=cutoffs[settings.APPROVAL_DAYS])
    for days in own:
        stale |= Q(program__approval_days=days, applied_at__lte=cutoffs[days])
    return stale & Q(applied_at__lte=max(cutoffs.values()))  # this one has an index


def _last_day(now: datetime) -> datetime:
    """The midnight that ends the SOON-th day from today."""
    zone = company_zone()
    return datetime.combine(business_day(now) + timedelta(days=SOON + 1), time(), zone)


def _placed_at() -> Coalesce:
    """When its review began; for one imported in review, the day of the application."""
    events = StatusEvent.objects.filter(lease=OuterRef("pk"), to_status=S.IN_PROCESS)
    return Coalesce(Subquery(events.order_by("-at", "-id").values("at")[:1]), F("applied_at"))
