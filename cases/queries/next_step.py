"""By when someone acts next: one day, the same in every header and mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from cases import deadlines
from cases.enums import CaseStatus, Party
from cases.lifecycle import ACTS
from cases.models import AskedItem, Case, Promise
from cases.turns import NextStep, Turn, first_step, status_for, turn
from common.company_day import company_zone


def next_step(case: Case, *, is_missing: bool = False) -> NextStep:
    """For staff: the earliest open day of a case, its own or an agreement's, ours included."""
    own = NextStep(case.due_on, ACTS[status_for(case.status, is_missing=is_missing)])
    return first_step([own, *_agreed([case])[case.pk]])


def turn_of(case: Case, *, since: date) -> Turn:
    return turns([case], since=since)[case.pk]


def turns(cases: Iterable[Case], *, since: date) -> dict[int, Turn]:
    """For the customer, by the ids of the cases. Two queries, for those with work left."""
    cases = list(cases)
    active = [each for each in cases if each.is_active]
    agreed = _agreed(active)
    missing = _missing(active)
    return {
        each.pk: turn(
            each.status,
            each.due_on,
            agreed[each.pk],
            is_missing=each.pk in missing,
            since=since,
            send_by=_send_by(each),
        )
        for each in cases
    }


def _send_by(case: Case) -> date | None:
    """None where the case waits for the customer by a day that someone named."""
    if case.status == CaseStatus.WAITING_CUSTOMER:
        return None
    return deadlines.send_by(case.due_on, case.opened_at, company_zone())


def _agreed(cases: Sequence[Case]) -> dict[int, list[NextStep]]:
    found: dict[int, list[NextStep]] = defaultdict(list)
    active = [each.pk for each in cases if each.is_active]
    for promise in Promise.objects.open().filter(case__in=active) if active else []:
        party = Party(promise.party)
        found[promise.case_id].append(NextStep(promise.due_on, party, is_agreed=True))
    return found


def _missing(cases: Sequence[Case]) -> set[int]:
    """Those that wait for something from the customer."""
    if not cases:
        return set()
    found = AskedItem.objects.filter(case__in=[each.pk for each in cases]).missing()
    return set(found.values_list("case", flat=True))
