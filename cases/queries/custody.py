"""Everything that happened to a file: when it came, who saw it, what was decided about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value

from accounts.models import User
from cases.enums import Event
from cases.models import Entry, Evidence, EvidenceView
from common.pages import Page, page_of_parts

#: A row of each table may have the same time and id.
ORDER = ("-at", "-source", "-id")


def custody_of(
    file: Evidence, *, user: User, slots: Collection[str], is_unreadable: bool, after: str = ""
) -> Page[Any]:
    """Entries and views, newest first. `slots`: what it answers; `is_unreadable`: it was asked for
    again.
    """
    entries = Entry.objects.visible_to(user).filter(
        Q(pk=file.entry_id) | _about(file, slots, is_unreadable=is_unreadable),
        case=file.entry.case_id,
    )
    views = EvidenceView.objects.filter(evidence=file)
    parts: list[QuerySet[Any]] = [
        _numbered(entries.select_related("author"), 0),
        _numbered(views.select_related("by"), 1),
    ]
    return page_of_parts(parts, order=ORDER, after=after)


def _numbered(rows: QuerySet[Any], source: int) -> QuerySet[Any]:
    numbered: QuerySet[Any] = rows.annotate(source=Value(source, output_field=IntegerField()))
    return numbered


def _about(file: Evidence, slots: Collection[str], *, is_unreadable: bool) -> Q:
    named = Q(
        event__in=[Event.EVIDENCE_TIED, Event.EVIDENCE_UNREADABLE], params__evidence=str(file.pk)
    ) | Q(event=Event.EVIDENCE_SETTLED, params__files__contains=[str(file.pk)])
    settled = Q(event=Event.EVIDENCE_SETTLED, params__came=False)
    if not is_unreadable:  # first versions didn't name the files that were accepted
        settled |= Q(event=Event.EVIDENCE_SETTLED, params__files__isnull=True)
    since = Q(at__gte=file.entry.at) & (Q(event=Event.EVIDENCE_REQUESTED) | settled)
    for slot in slots:
        named |= since & Q(params__slots__contains=[slot])
    return named
