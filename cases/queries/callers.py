"""Who a phone number belongs to, what they lease and what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch

from accounts.models import User
from cases.models import Case
from cases.queries.flags import NO_FLAGS, Flags, flags_of_people
from common.company_day import business_day
from leases import schedule
from leases.models import Customer, IdentityBlock, Lease, LedgerEntry
from leases.queries.identity_blocks import block_with_phone

MOST_PEOPLE = 4  # who share a phone
MOST_LEASES = 5
MOST_CASES = 5


@dataclass(frozen=True)
class CallersLease:
    lease: Lease
    standing: schedule.Standing | None  # None before its first payment is scheduled

    @property
    def past_due(self) -> Decimal:
        return self.standing.arrears if self.standing else Decimal()


@dataclass(frozen=True)
class CallerCard:
    number: str  # E.164; empty for a hidden one
    people: list[Customer] = field(default_factory=list)
    leases: list[CallersLease] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    flags: dict[int, Flags] = field(default_factory=dict)
    #: Of someone who is no customer.
    block: IdentityBlock | None = None

    @property
    def signs(self) -> list[tuple[Customer, Flags]]:
        """The people, each with what is flagged about them."""
        return [(each, self.flags.get(each.pk, NO_FLAGS)) for each in self.people]

    @property
    def strangers_flags(self) -> Flags:
        return Flags(block=self.block)

    @property
    def only_lease(self) -> Lease | None:
        return self.leases[0].lease if len(self.leases) == 1 else None

    @property
    def language(self) -> str:
        """If all who have this number read the same."""
        spoken = {each.language for each in self.people}
        return spoken.pop() if len(spoken) == 1 else ""


def caller_of(number: str, *, user: User, now: datetime) -> CallerCard:
    """At most eight queries, however much they lease."""
    if not number:
        return CallerCard(number)
    people = Customer.objects.visible_to(user).filter(phone=number)
    found = list(people.order_by("name_sort", "pk")[:MOST_PEOPLE])
    leases = _leases(found, user) if found else []
    today = business_day(now)
    owed = [CallersLease(each, _standing(each, today)) for each in leases]
    owed.sort(key=lambda each: each.past_due, reverse=True)
    flags = flags_of_people(found, user=user)
    block = None if found or not user.works_cases else block_with_phone(number)
    return CallerCard(number, found, owed, _open_cases(number, leases, user), flags, block)


def _leases(people: list[Customer], user: User) -> list[Lease]:
    theirs = Lease.objects.visible_to(user).with_parties().filter(customer__in=people)
    in_order = LedgerEntry.objects.order_by("effective_on", "id")
    paid = theirs.prefetch_related("instalments", Prefetch("ledger", queryset=in_order))
    return list(paid.order_by("-applied_at", "-id")[:MOST_LEASES])


def _standing(lease: Lease, today: date) -> schedule.Standing | None:
    payments = list(lease.instalments.all())
    if not payments:
        return None
    return schedule.standing(payments, list(lease.ledger.all()), today)


def _open_cases(number: str, leases: list[Lease], user: User) -> list[Case]:
    """Of their leases, and of whoever called with this number before without one."""
    active = Case.objects.visible_to(user).active().select_related("kind")
    known = active.filter(lease__in=leases).order_by("rank", "due_on", "id")[:MOST_CASES]
    other = active.filter(contact__phone=number).order_by("rank", "due_on", "id")[:MOST_CASES]
    return [*known, *other][:MOST_CASES]
