"""Duplicates and the cases that they became part of."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import User
from cases.models import Case, CaseMerge

#: More than one person has open at once.
MOST = 20


def goes_on_in(case: Case) -> Case:
    """Where what is said about a case belongs: itself, or the one that it became part of."""
    while merge := CaseMerge.objects.in_force().filter(case=case).select_related("into").first():
        case = merge.into
    return case


def merged_into(case: Case) -> Case | None:
    """The case it became part of, by however many merges. No query for one that is open."""
    if case.is_active or (last := goes_on_in(case)) == case:
        return None
    return last


def is_merged(case: Case) -> bool:
    return CaseMerge.objects.in_force().filter(case=case).exists()


def merges_of(case: Case) -> tuple[CaseMerge | None, list[CaseMerge]]:
    """The one that made it part of another case, and those that made others part of it; one
    query.
    """
    found = CaseMerge.objects.in_force().filter(Q(case=case) | Q(into=case))
    rows = list(found.select_related("case__kind", "into__kind", "by").order_by("at", "pk"))
    into = next((each for each in rows if each.case_id == case.pk), None)
    return into, [each for each in rows if each.into_id == case.pk]


def could_go_on_in(case: Case, *, user: User) -> list[Case]:
    """Other open cases of the same lease: those of the same reason first, then the newest."""
    if case.lease_id is None:
        return []
    others = Case.objects.visible_to(user).active().filter(lease=case.lease_id)
    newest = others.exclude(pk=case.pk).select_related("kind").order_by("-opened_at")[:MOST]
    return sorted(newest, key=lambda each: each.kind_id != case.kind_id)
