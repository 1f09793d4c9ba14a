"""What the queue says of saved views: links to them, and what no longer is as it was saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.kinds import kinds
from cases.queries.queue import NARROWED_BY
from cases.queries.queue_counts import MOST_PEOPLE, Counts
from cases.views.queue_filters import Asked, read


class SavedLink(NamedTuple):
    name: str
    address: str
    is_shared: bool
    is_chosen: bool


def saved_query(view: str, filters: Mapping[str, str]) -> str:
    """As it was saved, also what is gone since: the queue itself says so."""
    return urlencode({"view": view, **filters})


def saved_links(counts: Counts, asked: Asked) -> list[SavedLink]:
    return [_link(each, asked) for each in counts.saved]


def _link(saved: Mapping[str, Any], asked: Asked) -> SavedLink:
    query = saved_query(saved["view"], saved["filters"])
    return SavedLink(
        saved["name"],
        f"{reverse('queue')}?{query}",
        saved["is_shared"],
        is_chosen=bool(asked.kept) and read(QueryDict(query)) == asked,
    )


def gone(query: QueryDict, asked: Asked, counts: Counts) -> Iterator[str]:
    """A sentence for each filter that isn't what it was; what remains is shown."""
    unused = {"due", "status"} if asked.view == "done" else set()
    if any(query.get(name) for name in {*NARROWED_BY} - asked.kept.keys() - unused):
        yield _("One of these filters no longer exists and was left out.")
    kind = kinds().get(str(asked.kept.get("kind", "")))
    if kind and not kind.is_offered:
        yield _("“%(reason)s” is no longer offered as a reason. These are cases from before.") % {
            "reason": kind.name
        }
    people = {str(each["pk"]) for each in counts.people}
    person = asked.kept.get("assignee")
    if person and person not in people and len(people) < MOST_PEOPLE:
        yield _("This person no longer works on cases. Only what’s still assigned to them is here.")
