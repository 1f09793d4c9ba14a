"""How many cases each view and facet of the queue has, and what else waits for an agent today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.enums import Language
from accounts.models import User
from cases import lifecycle
from cases.models import CallDraft, Tag
from cases.queries import queue
from cases.queries.calendar import calls_due
from cases.queries.people import case_workers
from cases.queries.saved_views import with_saved_views
from common.company_day import business_day

#: A facet's count stops here and is shown as "99+": there are dozens of them.
FACET_CAP = 99
MOST_PEOPLE = 300
COUNTED_VIEWS = ("active", "mine", "unanswered", "escalated", "flagged", "unassigned", "snoozed")
#: The groups below the escalated ones.
GROUPS = ("late", "today", "later")

Key = tuple[str, str]


class Counts(NamedTuple):
    shown: Mapping[Key, str]  # what a reader sees; empty for none
    sizes: Mapping[Key, int]
    people: list[dict[str, Any]]  # whom a case can be given to: pk, name
    saved: list[dict[str, Any]]  # views, as `with_saved_views` has them
    tags: list[dict[str, Any]]  # all of them, without counts: pk, name, is_offered

    @property
    def named_people(self) -> list[tuple[int, str]]:
        return [(each["pk"], each["name"]) for each in self.people]

    @property
    def tag_names(self) -> dict[int, str]:
        return {each["pk"]: each["name"] for each in self.tags}

    @property
    def offered_tags(self) -> list[str]:
        return [each["name"] for each in self.tags if each["is_offered"]]


class _Count(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def queue_counts(user: User, *, kinds: Iterable[str], now: datetime) -> Counts:
    """One query for all of them; none reads more rows than its cap."""
    found = {**_views(user, now), **_facets(user, kinds, now), **_beside(user, now)}
    caps = {key: queue.COUNT_CAP if key[0] in {"view", "group"} else FACET_CAP for key in found}
    asked: dict[str, Any] = {
        f"n{place}": _Count(rows.values("pk")[: caps[key] + 1])
        for place, (key, rows) in enumerate(found.items())
    }
    people = case_workers().values(said=JSONObject(pk="pk", name="name"))[:MOST_PEOPLE]
    asked["people"] = ArraySubquery(people)
    asked["saved"] = with_saved_views(user)
    named = Tag.objects.values(said=JSONObject(pk="pk", name="name", is_offered="is_offered"))
    asked["tags"] = ArraySubquery(named)
    row: Mapping[str, Any] = User.objects.filter(pk=user.pk).values(**asked).get()
    sizes = {key: row[f"n{place}"] for place, key in enumerate(found)}
    shown = {
        key: f"{caps[key]}+" if size > caps[key] else str(size or "") for key, size in sizes.items()
    }
    return Counts(shown, sizes, row["people"], row["saved"], row["tags"])


def _views(user: User, now: datetime) -> dict[Key, QuerySet[Any]]:
    today = business_day(now)
    found: dict[Key, QuerySet[Any]] = {
        ("view", name): queue.view(name, user=user, today=today) for name in COUNTED_VIEWS
    }
    others = queue.view("active", user=user, today=today).filter(rank=1)
    days = {
        "late": {"due_on__lt": today},
        "today": {"due_on": today},
        "later": {"due_on__gt": today},
    }
    found |= {("group", name): others.filter(**days[name]) for name in GROUPS}
    ordered = {key: _by_index(rows) for key, rows in found.items()}
    snoozed = found["view", "snoozed"].order_by("snoozed_until", "id")
    return {**ordered, ("view", "snoozed"): snoozed}


def _facets(user: User, kinds: Iterable[str], now: datetime) -> dict[Key, QuerySet[Any]]:
    today = business_day(now)
    active = queue.view("active", user=user, today=today)
    values = {
        "due": queue.DUE,
        "language": Language.values,
        "status": sorted(lifecycle.ACTIVE),
        "kind": kinds,
    }
    return {
        (name, value): _by_index(queue.narrowed(active, {name: value}, today=today))
        for name, each in values.items()
        for value in each
    }


def _by_index(cases: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the queue's indexes: else PostgreSQL might read the table from its start."""
    return cases.order_by("rank", "due_on", "id")


def _beside(user: User, now: datetime) -> dict[Key, QuerySet[Any]]:
    own = CallDraft.objects.visible_to(user).unfinished().filter(agent=user)
    return {("day", "calls"): own, ("day", "follow_ups"): calls_due(user, now)}
