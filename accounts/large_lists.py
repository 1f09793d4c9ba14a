"""Administration lists that stay fast at any size."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

MOST_ROWS = 5_000
Row = TypeVar("Row", bound=Model)


class FirstThousands(Paginator[Any]):
    """Pages through the first rows only; counting all of a large table takes seconds."""

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[:MOST_ROWS].count()


class LargeList(admin.ModelAdmin[Row]):
    """No exact counts, and a search that uses indexes.

    `search_fields` name columns stored in one form (`…__exact`). Each is searched separately,
    because no index serves an OR over two tables.
    """

    paginator = FirstThousands
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        text = search_term.strip().replace("\x00", "")
        if not text:
            return queryset, False
        first, *others = self.found_by(text)
        found = first.values("pk").union(*(each.values("pk") for each in others))
        return queryset.filter(pk__in=found), False

    def found_by(self, text: str) -> list[QuerySet[Row]]:
        """What each kind of key finds; addresses are stored in lower case."""
        return [
            self.model._default_manager.filter(
                **{field: text.lower() if "email" in field else text}
            )
            for field in map(str, self.search_fields)
        ]
