"""What the search of a call finds: leases by whatever callers say, and cases by their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from accounts.models import User
from cases.models import Case, CaseFlag
from cases.queries.numbered import cases_going_on
from cases.queries.represented import attorneys_said
from leases.models import Lease
from leases.queries.find import find_leases
from leases.said import understand

LONGEST_PASTED = 1000  # characters in which a case number is looked for


class FoundInCall(NamedTuple):
    leases: list[Lease]
    #: By the customer they speak for.
    attorneys: Mapping[int, CaseFlag] = {}
    #: Whose numbers were typed; open ones and ended ones.
    cases: list[Case] = []


def search_in_call(text: str, *, user: User) -> FoundInCall:
    """The leases of cases with these numbers come before those that match the text."""
    if not text:
        return FoundInCall([])
    cases = cases_going_on(text[:LONGEST_PASTED], user=user)
    attorneys = attorneys_said(understand(text), user=user)
    found = find_leases(text, user=user, spoken_for=attorneys)
    of_cases = [case.lease_id for case in cases if case.lease_id]
    if of_cases:
        theirs = Lease.objects.visible_to(user).with_parties().filter(pk__in=of_cases)
        found = list(dict.fromkeys([*theirs.order_by("-applied_at", "-id"), *found]))
    return FoundInCall(found, attorneys, cases)
