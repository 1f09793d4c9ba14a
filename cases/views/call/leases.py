"""The leases a call may be about: what the search finds, and the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from accounts.models import User
from cases.models import Case, CaseFlag
from cases.queries.call_search import search_in_call
from leases.models import Lease
from leases.queries.find import leases_numbered

#: Beside a call there is room for no more; another word finds fewer.
MOST = 12


class Leases(NamedTuple):
    searched: str
    found: list[Lease]
    account_number: str = ""
    is_cut: bool = False
    attorneys: Mapping[int, CaseFlag] = {}  # by the customer they're found by
    cases: Sequence[Case] = ()  # whose numbers were searched, perhaps ended ones

    @property
    def chosen(self) -> Lease | None:
        same = (each for each in self.found if each.account_number == self.account_number)
        return next(same, None)


def leases_for(user: User, searched: str, chosen: str) -> Leases:
    """A single result is chosen by itself; a chosen lease is listed even if it isn't found."""
    meant = search_in_call(searched, user=user)
    found = meant.leases[:MOST]
    if chosen and all(each.account_number != chosen for each in found):
        found = [*leases_numbered(chosen, user=user), *found]
    if not chosen and len(found) == 1:
        chosen = found[0].account_number
    is_cut = len(meant.leases) > MOST
    return Leases(searched, found, chosen, is_cut, meant.attorneys, meant.cases)
