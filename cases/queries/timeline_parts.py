"""The parts of a timeline that can be read on their own, and how much is in each."""

from __future__ import annotations

from typing import Final

from django.db.models import Aggregate, Count, Max, Q, Subquery
from django.db.models.functions import JSONObject

from cases.enums import EntryKind, Event, Visibility
from cases.models import Case, Entry, Evidence
from cases.models.entry import EntryQuerySet

ALL: Final = "all"
NEWEST: Final = "newest"  # the key of the entry written last, whatever part is shown


def parts_of(case: Case) -> dict[str, Q]:
    """By their names in an address. An entry may be in several, or in none."""
    has_files = Q(pk__in=Evidence.objects.filter(entry__case=case).values("entry"))
    sent = Q(kind=EntryKind.EVIDENCE, visibility=Visibility.PUBLIC)
    return {
        "conversation": Q(kind=EntryKind.MESSAGE) | sent,
        "calls": Q(kind=EntryKind.CALL) | Q(event=Event.CONTACT_ATTEMPTED),
        "notes": Q(kind=EntryKind.NOTE),
        "evidence": Q(kind=EntryKind.EVIDENCE) | has_files,
        "changes": Q(kind=EntryKind.EVENT),
    }


def with_part_counts(entries: EntryQuerySet, case: Case) -> EntryQuerySet:
    """Each with `counts`, by part: asked for once, in the same query."""
    counts: dict[str, Aggregate] = {ALL: Count("pk"), NEWEST: Max("pk")}
    counts |= {part: Count("pk", filter=which) for part, which in parts_of(case).items()}
    of_case = Entry.objects.filter(case=case).order_by().values("case")
    return entries.annotate(counts=Subquery(of_case.annotate(of=JSONObject(**counts)).values("of")))


def counts_in(rows: list[Entry]) -> dict[str, int]:
    """Of `with_part_counts` entries. None at all if there are no rows."""
    found: dict[str, int] = vars(rows[0])["counts"] if rows else {}
    return found


def newest_in(rows: list[Entry]) -> int:
    """The key of the case's newest entry; 0 if there are no rows."""
    return counts_in(rows).get(NEWEST, 0)
