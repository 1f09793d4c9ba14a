"""A case by any number that was read aloud for it."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from cases import numbers
from cases.models import Case
from cases.queries.merges import merged_into

MOST_PASTED = 3  # numbers in a longer text


def case_numbered(number: str, cases: QuerySet[Case]) -> Case | None:
    """Its own number, or that of a call added to it. `cases`: those one may see."""
    found = cases.filter(number=number).first()
    return found or cases.filter(calls__number=number).first()


def numbers_in(text: str) -> list[str]:
    return numbers.within(text)[:MOST_PASTED]


def cases_numbered(text: str, *, user: User) -> list[Case]:
    """Open and ended ones whose numbers, or those of calls added to them, are in the text. Two
    small queries if there are none: a phone number can look like theirs.
    """
    found = numbers_in(text)
    if not found:
        return []
    cases = Case.objects.visible_to(user)
    keys = dict(cases.filter(number__in=found).values_list("number", "pk"))
    if added := [each for each in found if each not in keys]:
        keys |= dict(cases.filter(calls__number__in=added).values_list("calls__number", "pk"))
    rows = cases.with_parties().in_bulk(keys.values()) if keys else {}
    return list(dict.fromkeys(rows[keys[each]] for each in found if each in keys))


def cases_going_on(text: str, *, user: User) -> list[Case]:
    """The same, each duplicate as the case that it became part of."""
    cases = Case.objects.visible_to(user).with_parties()
    found = []
    for case in cases_numbered(text, user=user):
        into = merged_into(case)
        found.append((cases.filter(pk=into.pk).first() if into else None) or case)
    return list(dict.fromkeys(found))
