"""A case by any number that was read aloud for it."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.models import Case


def case_numbered(number: str, cases: QuerySet[Case]) -> Case | None:
    """Its own number, or that of a call added to it. `cases`: those one may see."""
    found = cases.filter(number=number).first()
    return found or cases.filter(calls__number=number).first()
