"""How the address of the queue narrows it, and the links that do: facets, chips, tabs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts.enums import LANGUAGE_CHOICES, Language
from accounts.models import User
from cases import lifecycle
from cases.enums import CaseStatus
from cases.kinds import kinds
from cases.queries import queue
from cases.queries.queue_counts import Counts
from cases.words import status_in_list

#: Reasons that are seen without opening the rest.
FIRST = 5
MOST_PEOPLE = 30
MOST_TAGS_SHOWN = 60
#: Of the key of a person or a tag in an address: larger ones are no one's.
LONGEST_KEY = 9


class Asked(NamedTuple):
    """What an address asks for: a view, and what it's narrowed by."""

    view: str
    kept: dict[str, str | int]

    def address(self, **changed: str | int | None) -> str:
        """With something else; None: without it. Every address begins at its first page."""
        kept = {"view": self.view} | self.kept | changed
        asked = urlencode({name: value for name, value in kept.items() if value})
        return f"{reverse('queue')}?{asked}"


class Facet(NamedTuple):
    label: str
    address: str
    size: str = ""
    is_chosen: bool = False
    language: str = ""
    status: str = ""
    tone: str = ""


class Section(NamedTuple):
    name: str
    facets: list[Facet]
    more: str = ""  # the name of what is behind it
    others: Sequence[Facet] = ()


def read(query: QueryDict) -> Asked:
    """What no page of ours asks for is left out."""
    view = query.get("view", "active")
    view = view if view in queue.VIEWS else "active"
    asked = {name: query.get(name, "") for name in queue.NARROWED_BY}
    kept = {name: value for name, value in asked.items() if _is_known(name, value)}
    if view == "overdue":
        view, kept["due"] = "active", "late"
    if view == "done":
        kept = {name: value for name, value in kept.items() if name not in {"due", "status"}}
    return Asked(view, {**kept})


def _is_known(name: str, value: str) -> bool:
    known: dict[str, Callable[[], Collection[str]]] = {
        "kind": kinds,
        "language": lambda: Language.values,
        "status": lambda: lifecycle.ACTIVE,
        "due": lambda: queue.DUE,
    }
    if name in {"assignee", "tag"}:
        return value.isascii() and value.isdecimal() and len(value) <= LONGEST_KEY
    return value in known[name]()


_VIEWS = {
    "active": pgettext_lazy("queue", "Due first"),
    "mine": pgettext_lazy("queue", "My cases"),
    "unanswered": pgettext_lazy("queue", "Customer wrote"),
    "escalated": pgettext_lazy("queue", "Escalated"),
    "unassigned": pgettext_lazy("queue", "Unassigned"),
    "flagged": pgettext_lazy("queue", "Flagged"),
    "snoozed": pgettext_lazy("queue", "Snoozed"),
    "done": pgettext_lazy("queue", "Done"),
}


def view_label(asked: Asked) -> str:
    return str(_VIEWS[asked.view])


def tabs(asked: Asked, counts: Counts) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "label": label,
            "address": asked.address(view=name),
            "count": "" if asked.kept else counts.shown.get(("view", name), ""),
        }
        for name, label in _VIEWS.items()
        if name != "snoozed" or asked.view == name  # a filter leads there
    ]


def chips(asked: Asked, counts: Counts) -> list[Facet]:
    """What was chosen; each leads to the same without it."""
    names = _labels(counts)
    return [
        Facet(
            names.get(
                (name, str(value)), _("Unknown tag") if name == "tag" else _("Unknown person")
            ),
            asked.address(**{name: None}),
        )
        for name, value in asked.kept.items()
    ]


def sections(asked: Asked, counts: Counts, user: User) -> list[Section]:
    names = _labels(counts)
    found = [_my_day(asked, counts, user)]
    if asked.view != "done":
        due = [*_facets("due", asked, counts, names), _snoozed(asked, counts)]
        found.append(Section(pgettext("queue", "Due"), due))
    found.append(Section(_("Language"), list(_facets("language", asked, counts, names))))
    if asked.view != "done":
        found.append(Section(_("Status"), list(_facets("status", asked, counts, names))))
    reasons = sorted(_facets("kind", asked, counts, names), key=lambda each: not each.is_chosen)
    more = _("Other reasons") if len(reasons) > FIRST else ""
    found.append(Section(_("Reason"), reasons[:FIRST], more, reasons[FIRST:]))
    people = list(_facets("assignee", asked, counts, names))[:MOST_PEOPLE]
    found.append(Section("", [], pgettext("queue", "Assigned to"), people))
    tags = list(_facets("tag", asked, counts, names))[:MOST_TAGS_SHOWN]
    if tags:
        found.append(Section("", [], pgettext("queue", "Tag"), tags))
    return found


def _my_day(asked: Asked, counts: Counts, user: User) -> Section:
    mine = asked.view == "mine"
    return Section(
        pgettext("queue", "My day"),
        [
            Facet(
                pgettext("queue", "My cases"), f"{reverse('queue')}?view=mine",
                counts.shown["view", "mine"], mine and not asked.kept,
            ),
            Facet(
                _("Today’s follow-ups"), reverse("correspondence_follow_ups"),
                counts.shown["day", "follow_ups"],
            ),
            Facet(_("Unfinished calls"), reverse("calls"), counts.shown["day", "calls"]),
        ],
    )  # fmt: skip


def _snoozed(asked: Asked, counts: Counts) -> Facet:
    """Beside the dates: they're due some day, and no one has to look at them yet."""
    is_chosen = asked.view == "snoozed"
    size = "" if asked.kept else counts.shown["view", "snoozed"]
    address = asked.address(view="active" if is_chosen else "snoozed")
    return Facet(str(_VIEWS["snoozed"]), address, size, is_chosen)


def _facets(
    name: str, asked: Asked, counts: Counts, names: Mapping[tuple[str, str], str]
) -> Iterator[Facet]:
    """With counts where they're of what the link leads to. Reasons without cases are left out,
    and tags no longer offered.
    """
    alone = asked.view == "active" and not (asked.kept.keys() - {name})
    offered = {str(each["pk"]) for each in counts.tags if each["is_offered"]}
    for (each, value), label in names.items():
        is_chosen = str(asked.kept.get(name, "")) == value
        size = counts.sizes.get((name, value))
        if each != name or (name == "kind" and not (size or is_chosen or asked.view == "done")):
            continue
        if name == "tag" and not (is_chosen or value in offered):
            continue
        yield Facet(
            label,
            asked.address(**{name: None if is_chosen else value}),
            counts.shown.get((name, value), "") if alone else "",
            is_chosen,
            language=value if name == "language" else "",
            status=value if name == "status" else "",
            tone="bad" if (name, value) == ("due", "late") else "",
        )


def _labels(counts: Counts) -> dict[tuple[str, str], str]:
    due = {
        "late": pgettext("group in the queue", "Late"),
        "today": pgettext("group in the queue", "Today"),
        "week": pgettext("group in the queue", "This week"),
        "outside": _("Outside deadline"),
    }
    statuses = [each for each in CaseStatus if each in lifecycle.ACTIVE]
    largest = sorted(kinds(), key=lambda key: -counts.sizes["kind", key])
    return {
        **{("due", value): label for value, label in due.items()},
        **{("language", value): str(label) for value, label in LANGUAGE_CHOICES},
        **{("status", each.value): status_in_list(each) for each in statuses},
        **{("kind", key): kinds()[key].name for key in largest},
        **{("assignee", str(each["pk"])): each["name"] for each in counts.people},
        **{("tag", str(each["pk"])): each["name"] for each in counts.tags},
    }
