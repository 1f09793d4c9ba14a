"""The cases a call may be about: those whose numbers were searched, those of the chosen lease, and
those of someone without one.
"""

from __future__ import annotations

from typing import NamedTuple

from accounts.models import User
from cases.forms import CallForm
from cases.models import Case
from cases.queries.contacts import cases_said, cases_told, is_like
from cases.queries.open_cases import open_cases_like
from cases.views.call.leases import Leases
from leases.said import understand


class SameCase(NamedTuple):
    case: Case
    name: str  # whose it is; empty for the customer of the chosen lease


def same_cases(form: CallForm, leases: Leases, *, user: User) -> list[SameCase]:
    """A case that has ended is among them only by its number."""
    chosen, kind = leases.chosen, str(form["kind"].value() or "")
    of_lease = open_cases_like(chosen, kind, user=user) if chosen else []
    of_contacts = sorted(_of_contacts(form, leases, user), key=lambda each: each.kind_id != kind)
    every = dict.fromkeys([*leases.cases, *of_lease, *of_contacts])
    lease = chosen.pk if chosen else None
    return [SameCase(each, _whose(each, lease)) for each in every]


def _whose(case: Case, lease: int | None) -> str:
    return "" if lease and case.lease_id == lease else case.person.name


def _of_contacts(form: CallForm, leases: Leases, user: User) -> list[Case]:
    """By what was searched and, without a lease, by what was told. Whoever was chosen among several
    is known: of others with that name, only those like them.
    """
    said = understand(leases.searched)
    found = cases_said(said, user=user) if said else []
    if leases.chosen is None:
        phone, email = (
            str(form[name].value() or "") for name in ("contact_phone", "contact_email")
        )
        told = cases_told(form.contact_named, phone, email, user=user)
        return list(dict.fromkeys([*told, *found]))
    if len(leases.found) == 1:
        return found
    customer = leases.chosen.customer
    return [each for each in found if each.contact and is_like(each.contact, customer)]
