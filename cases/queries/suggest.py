"""What the call bar answers while someone types: people with their leases, open cases, calls.

However much is found, the number of queries stays the same for what is shown beside it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from accounts.models import User
from cases.callers import Checked
from cases.enums import FlagKind
from cases.models import CallDraft, Case, CaseFlag
from cases.queries.calls import begun_calls
from cases.queries.contacts import keys_said
from cases.queries.flags import NO_FLAGS, Flags, flag_kinds, flags_of_people
from cases.queries.numbered import cases_numbered, numbers_in
from cases.queries.represented import attorneys_said
from cases.queries.verifications import checked_today
from common.company_day import business_day, company_zone
from leases import clocks
from leases.enums import LeaseStatus
from leases.models import Lease
from leases.queries.find import too_long
from leases.queries.ledger import standings_of
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
    attorney: CaseFlag | None  # whom it was found by


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
    attorneys = attorneys_said(said, user=user)
    leases, total, is_sure = suggest_leases(said, user=user, spoken_for=list(attorneys))
    about, opened = _open_cases(said, leases, user)
    known = {case.pk for case in exact}
    others = [each for each in about if each not in known]
    shown = _loaded(others[:MOST_CASES], user)
    if total is not None:
        total += len(exact) + len(others) + len(calls)
    return Suggestions(
        said,
        _matches(leases, opened, attorneys, user, now),
        total,
        _dated([*exact, *shown], now),
        calls,
        is_sure=numbered == 1
        if numbered and not leases
        else is_sure and not numbered and all(about[each] for each in others),
    )


def _numbered(text: str, user: User) -> tuple[list[Case], list[CallDraft]]:
    """Cases whose numbers, or those of calls added to them, are in the text; or else a call with
    one of them.
    """
    found = numbers_in(text)
    if not found:
        return [], []
    if exact := cases_numbered(text, user=user):
        return exact, []
    calls = CallDraft.objects.visible_to(user).filter(number__in=found, case=None)
    return [], list(calls.select_related("agent")[:1])


def _open_cases(
    said: Said, leases: list[Lease], user: User
) -> tuple[dict[int, int | None], Counter[int | None]]:
    """Keys, each with its lease's: of these leases, then of callers without one. And how many each
    lease has. Most are only counted, so they aren't loaded.
    """
    found: dict[int, int | None] = {}
    if leases:
        cases = Case.objects.visible_to(user).active().filter(lease__in=leases)
        rows = cases.order_by("rank", "due_on", "id").values_list("pk", "lease")
        found = dict(rows[:MOST_READ])
    opened = Counter(found.values())
    return found | dict.fromkeys(keys_said(said, user=user)), opened


def _loaded(keys: list[int], user: User) -> list[Case]:
    rows = Case.objects.visible_to(user)  # without stores, which no one reads here
    rows = rows.select_related("kind", "lease__customer", "contact", "assignee")
    found = rows.in_bulk(keys) if keys else {}
    return [found[each] for each in keys if each in found]


def _matches(
    leases: list[Lease],
    opened: Counter[int | None],
    attorneys: dict[int, CaseFlag],
    user: User,
    now: datetime,
) -> list[LeaseMatch]:
    checked = checked_today(leases, user=user, now=now) if leases else {}
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
            checked.get(lease.customer_id, Checked.NOT_YET),
            flags.get(lease.customer_id, NO_FLAGS),
            attorneys.get(lease.customer_id),
        )
        for lease in leases
    ]


def _dated(cases: list[Case], now: datetime) -> list[CaseMatch]:
    today = business_day(now)
    kinds = flag_kinds(cases)
    return [CaseMatch(case, (case.due_on - today).days, kinds[case.pk]) for case in cases]
