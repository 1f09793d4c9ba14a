"""Mails that need someone: those that may have arrived, those that didn't, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, Count, F, Func, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from accounts.models import User
from cases.models import Case
from cases.queries.case_mails import customers_of
from common.pages import Page, page
from leases.models import Customer
from mail.addresses import folded, readable, spellings
from mail.models import Email, SuppressedAddress
from mail.models.suppressed_address import FRESH, SUPPRESSED

SHOWN = ("template", "casemail__case", "settled_by")
MOST_FAILURES = 20


def undecided(*, user: User, after: str = "") -> Page[Email]:
    """Longest waiting first."""
    mails = Email.objects.visible_to(user).undecided().select_related(*SHOWN)
    return page(mails, order=("created_at", "id"), after=after)


def undelivered(*, user: User, after: str = "") -> Page[Email]:
    mails = Email.objects.visible_to(user).undelivered().select_related(*SHOWN)
    return page(mails, order=("-created_at", "-id"), after=after)


_STATUS = Func(F("error"), Value(r"^\d\.\d{1,3}\.\d{1,3}"), function="SUBSTRING")
_FAILURE = Coalesce(_STATUS, "error", output_field=CharField())


class Failure(NamedTuple):
    """Why so many mails didn't arrive recently."""

    error: str  # of one mail; only its status if a report brought it
    mails: int
    oldest: datetime


def failures(*, user: User, now: datetime) -> list[Failure]:
    """The most frequent first. Mails that wait for an address are sent by checking the address."""
    rows = (
        _failed_lately(user, now)
        .order_by()
        .annotate(failure=_FAILURE)
        .values("failure")
        .annotate(count=Count("*"), oldest=Min("created_at"))
        .filter(count__gt=1)
        .order_by("-count", "failure")[:MOST_FAILURES]
    )
    return [Failure(each["failure"], each["count"], each["oldest"]) for each in rows]


def failed_so(failure: str, *, user: User, now: datetime) -> QuerySet[Email]:
    return _failed_lately(user, now).annotate(failure=_FAILURE).filter(failure=failure)


def _failed_lately(user: User, now: datetime) -> QuerySet[Email]:
    return (
        Email.objects.visible_to(user)
        .undelivered()
        .filter(created_at__gte=now - FRESH)
        .exclude(error=SUPPRESSED)
        .filter(is_test=False)  # someone who sent it to themselves sends another
    )


class HeldMails(NamedTuple):
    mails: int = 0
    stale: int = 0  # too old to be sent
    oldest: datetime | None = None

    def plus(self, other: HeldMails) -> HeldMails:
        """Of the same address in another spelling."""
        days = [each.oldest for each in (self, other) if each.oldest]
        return HeldMails(self.mails + other.mails, self.stale + other.stale, min(days))


_NOTHING = HeldMails()


class Trouble(NamedTuple):
    """A suppressed address with what an agent needs for the call."""

    row: SuppressedAddress
    customer: Customer | None
    person: User | None  # of the staff, or the customer's sign-in
    cases: Sequence[Case]
    held: HeldMails  # mails that wait for it

    @property
    def address(self) -> str:
        return readable(self.row.address)

    @property
    def new_address(self) -> str:
        """Where the customer gets mail now."""
        if self.customer is None or folded(self.customer.email) == self.row.address:
            return ""
        return self.customer.email


def addresses(
    *, user: User, now: datetime, after: str = ""
) -> tuple[Page[SuppressedAddress], list[Trouble]]:
    found = page(
        SuppressedAddress.objects.visible_to(user)
        .in_force()
        .select_related("email__template", "email__casemail__case"),
        order=("-at", "-id"),
        after=after,
    )
    names = {row.pk: spellings(row.address) for row in found.rows}
    asked = {each for spelled in names.values() for each in spelled}
    people = {each.email: each for each in User.objects.filter(email__in=asked)}
    customers = {
        each.email: each for each in Customer.objects.visible_to(user).filter(email__in=asked)
    }
    written_to = customers_of(row.email for row in found.rows if row.email)
    held = _held(found.rows, now)
    troubles = []
    for row in found.rows:
        customer = next((customers[each] for each in names[row.pk] if each in customers), None)
        person = next((people[each] for each in names[row.pk] if each in people), None)
        if customer is None and person is None and row.email:  # no longer anyone's: whose was it?
            whose = written_to.get(row.email.pk)
            customer = whose if isinstance(whose, Customer) else None
        troubles.append(Trouble(row, customer, person, [], held.get(row.pk, _NOTHING)))
    cases = _active_cases([each.customer for each in troubles if each.customer], user)
    return found, [
        each._replace(cases=cases[each.customer.pk]) if each.customer else each for each in troubles
    ]


def held_mails(rows: Sequence[SuppressedAddress]) -> QuerySet[Email]:
    """What wasn't sent to these addresses, and what came back from them."""
    names = {each for row in rows for each in spellings(row.address)}
    came_back = [row.email_id for row in rows if row.email_id]
    return (
        Email.objects.undelivered()
        .annotate(address=Lower("to"))
        .filter(Q(error=SUPPRESSED) | Q(pk__in=came_back), address__in=names)
    )


def _held(rows: Sequence[SuppressedAddress], now: datetime) -> dict[int, HeldMails]:
    counted = (
        held_mails(rows)
        .order_by()
        .annotate(written=Lower("to"))
        .values("written")
        .annotate(
            count=Count("*"),
            oldest=Min("created_at"),
            stale=Count("pk", filter=Q(created_at__lt=now - FRESH)),
        )
    )
    by_address: dict[str, HeldMails] = {}
    for each in counted:
        told = HeldMails(each["count"], each["stale"], each["oldest"])
        name = folded(each["written"])
        by_address[name] = by_address[name].plus(told) if name in by_address else told
    return {row.pk: by_address[row.address] for row in rows if row.address in by_address}


def _active_cases(customers: Sequence[Customer], user: User) -> dict[int, list[Case]]:
    found: dict[int, list[Case]] = defaultdict(list)
    cases = Case.objects.visible_to(user).active().filter(lease__customer__in=customers)
    for case in cases.select_related("lease").order_by("due_on"):
        if case.lease:
            found[case.lease.customer_id].append(case)
    return found
