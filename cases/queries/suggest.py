"""What the call bar answers while someone types: people with their leases, open cases, calls.

However much is found, the number of queries stays the same for what is shown beside it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from cases import numbers
from cases.callers import Checked
from cases.enums import FlagKind
from cases.models import CallDraft, Case, CaseContact
from cases.queries.calls import begun_calls
from cases.queries.find import MOST_PASTED
from cases.queries.flags import NO_FLAGS, Flags, flags_of, flags_of_people
from cases.queries.numbered import case_numbered
from cases.queries.verifications import verification_state, verified_today
from common.company_day import business_day, company_zone
from leases import clocks
from leases.enums import LeaseStatus
from leases.models import Lease
from leases.queries.find import too_long
from leases.queries.ledger import standings_of
from leases.queries.said_people import begins_with, has_rare_letters, phoned
from leases.queries.suggest import suggest_leases
from leases.said import Said, understand
from leases.schedule import Standing

MOST_CALLS = 3
MOST_CASES = 4  # shown, besides those with exactly this number
MOST_READ = 100  # open cases of the leases that are shown


class LeaseMatch(NamedTuple):
    lease: Lease
    status: LeaseStatus
    days_left: int | None  # until its clock ends it
    standing: Standing | None  # None if there is no schedule yet
    open_cases: int
    checked: Checked  # whether the customer was verified today
    flags: Flags  # of all the customer's cases


class CaseMatch(NamedTuple):
    case: Case
    days: int  # until it's due; below zero it's late
    flags: list[FlagKind]  # an attorney of the customer's among them

    @property
    def days_late(self) -> int:
        return -self.days


class Suggestions(NamedTuple):
    said: Said | None
    matches: list[LeaseMatch]
    total: int | None  # of leases and cases; None if there are more than were counted
    cases: list[CaseMatch]
    calls: list[CallDraft]  # begun; with exactly this number, also discarded
    is_sure: bool = False  # that the first one is meant, so that Enter opens it
    problem: ValidationError | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.matches or self.cases or self.calls)


def suggest(text: str, *, user: User, now: datetime) -> Suggestions:
    """problem code: `search_too_long`. What is too short or says nothing has no results."""
    said = understand(text)
    if said is None:
        exact, calls = _numbered(text[:1000], user)
        problem = None if exact or calls else too_long(text)
        is_sure = len(exact) + len(calls) == 1
        return Suggestions(None, [], len(exact), _dated(exact, now), calls, is_sure, problem)
    exact, calls = _numbered(said.text, user)
    numbered = len(exact) + len(calls)
    calls = calls or list(begun_calls(said, user=user)[:MOST_CALLS])
    leases, total, is_sure = suggest_leases(said, user=user)
    about = _open_cases(said, leases, user)
    opened = Counter(case.lease_id for case in about)
    others = [case for case in about if case not in exact]
    if total is not None:
        total += len(exact) + len(others) + len(calls)
    return Suggestions(
        said,
        _matches(leases, opened, user, now),
        total,
        _dated([*exact, *others[:MOST_CASES]], now),
        calls,
        is_sure=numbered == 1
        if numbered and not leases
        else is_sure and not numbered and all(case.lease_id for case in others),
    )


def _numbered(text: str, user: User) -> tuple[list[Case], list[CallDraft]]:
    """Cases whose numbers, or those of calls added to them, are in the text; or else a call with
    one of them.
    """
    found = numbers.within(text)[:MOST_PASTED]
    if not found:
        return [], []
    cases = Case.objects.visible_to(user).with_parties()
    exact = [case for each in found if (case := case_numbered(each, cases))]
    if exact:
        return list(dict.fromkeys(exact)), []
    calls = CallDraft.objects.visible_to(user).filter(number__in=found, case=None)
    return [], list(calls.select_related("agent")[:1])


def _open_cases(said: Said, leases: list[Lease], user: User) -> list[Case]:
    """Of these leases, then of callers without one."""
    cases = Case.objects.visible_to(user).active().with_parties()
    order = ("rank", "due_on", "id")
    found = list(cases.filter(lease__in=leases).order_by(*order)[:MOST_READ]) if leases else []
    if contacts := _contacts(said, user):
        found += cases.filter(lease=None, contact__in=contacts).order_by(*order)[:MOST_CASES]
    return found


def _contacts(said: Said, user: User) -> list[int]:
    people = CaseContact.objects.visible_to(user)
    if said.email:
        found = people.filter(email=said.email)
    elif said.number:
        called = phoned(said, people)
        found = people.filter(begins_with(said.words) if said.words else Q(), pk__in=called)
    elif said.words and has_rare_letters(said.words):
        found = people.filter(begins_with(said.words))
    else:
        return []
    return list(found.order_by("-pk").values_list("pk", flat=True)[:MOST_CASES])


def _matches(
    leases: list[Lease], opened: Counter[int | None], user: User, now: datetime
) -> list[LeaseMatch]:
    verified = verified_today(leases, user=user, now=now) if leases else {}
    flags = flags_of_people((lease.customer for lease in leases), user=user)
    today, zone = business_day(now), company_zone()
    delivered = [lease for lease in leases if lease.status == LeaseStatus.FUNDED]
    money = standings_of(delivered, today) if delivered else {}
    return [
        LeaseMatch(
            lease,
            lease.status_at(now),
            clocks.days_left(lease.expires_at, now, zone)
            if lease.expires_at and lease.expires_at > now
            else None,
            standing if (standing := money.get(lease.pk)) and standing.rows else None,
            opened[lease.pk],
            verification_state(verified.get(lease.customer_id)),
            flags.get(lease.customer_id, NO_FLAGS),
        )
        for lease in leases
    ]


def _dated(cases: list[Case], now: datetime) -> list[CaseMatch]:
    today = business_day(now)
    flags = flags_of(cases) if cases else {}
    return [
        CaseMatch(case, (case.due_on - today).days, flags.get(case.pk, NO_FLAGS).kinds)
        for case in cases
    ]
