"""Files a customer sent that answer no request, but may."""

from __future__ import annotations

from django.db.models import QuerySet

from cases.enums import Event, ItemState, Visibility
from cases.models import Case, Entry, Evidence

#: A page offers the newest.
MOST = 30


def untied_files(case: Case) -> QuerySet[Evidence]:
    """The newest first; without those found unreadable.

    A file is free again once its item was requested again.
    """
    ids = unreadable_ids(case)
    theirs = Evidence.objects.filter(
        entry__case=case,
        entry__visibility=Visibility.PUBLIC,
        entry__author=case.person.user_id,
    )
    taken = theirs.filter(answers__state__in=set(ItemState) - {ItemState.ASKED})
    return (
        theirs.exclude(pk__in=ids).exclude(pk__in=taken.values("pk")).order_by("-entry__at", "pk")
    )


def unreadable_ids(case: Case) -> set[str]:
    """Of the files that someone asked for again."""
    refused = Entry.objects.filter(case=case, event=Event.EVIDENCE_UNREADABLE)
    return {str(each) for each in refused.values_list("params__evidence", flat=True)}
