"""The transactions a case is about."""

from __future__ import annotations

from accounts.models import User
from cases.models import Case, CaseCharge


def charges_of(case: Case, *, user: User) -> list[CaseCharge]:
    """As they were disputed, those already decided included. One query."""
    rows = CaseCharge.objects.visible_to(user).filter(case=case)
    return list(
        rows.select_related(
            "charge__entry__instalment",
            "charge__entry__reverses__instalment",
            "charge__by",
            "charge__decided_by",
            "charge__refund",
        ).order_by("charge")
    )


def is_under_review(case: Case) -> bool:
    """Whether someone still has to decide about a transaction."""
    return CaseCharge.objects.open().filter(case=case).exists()
