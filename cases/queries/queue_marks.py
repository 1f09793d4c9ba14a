"""What stands beside the summary in a row of the queue: flags, and what is due outside."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from cases.enums import FlagKind
from cases.models import Case, CaseFlag, OutsideDeadline


class Outside(NamedTuple):
    body: str
    due_on: date


class Marks(NamedTuple):
    flags: tuple[FlagKind, ...] = ()
    outside: Outside | None = None  # what is due first of those without an answer


def with_marks(cases: QuerySet[Case]) -> QuerySet[Case]:
    """For `marks_of`, in the query of the cases itself: as arrays, which PostgreSQL only looks for
    once it knows the rows of the page.
    """
    flags = CaseFlag.objects.in_force().order_by()
    # named in any case of the customer's (queries/flags.py)
    attorneys = flags.attorneys().filter(case__lease__customer=OuterRef("lease__customer"))
    outside = OutsideDeadline.objects.open().filter(case=OuterRef("pk")).order_by("due_on", "id")
    return cases.annotate(
        own_flags=ArraySubquery(flags.filter(case=OuterRef("pk")).values("kind")),
        attorneys=ArraySubquery(attorneys.values("kind")[:1]),
        outside=ArraySubquery(outside.values(said=JSONObject(body="body", due_on="due_on"))[:1]),
    )


def marks_of(case: Case) -> Marks:
    """Of one that came `with_marks`."""
    told = {*case.own_flags, *case.attorneys}  # type: ignore[attr-defined]  # annotated
    flags = tuple(each for each in FlagKind if each in told)
    for said in case.outside:  # type: ignore[attr-defined]  # annotated
        return Marks(flags, Outside(said["body"], date.fromisoformat(said["due_on"])))
    return Marks(flags)
