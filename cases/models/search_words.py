"""Words and what is asked of them, as PostgreSQL compares them (migration 0013_search)."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Func


class SearchWords(Func):
    """The words of a text: without accents, by the stems of both languages."""

    function = "puente_search_vector"
    output_field = SearchVectorField()


class SearchTerm(SearchQuery):
    """A word, or words that follow each other: `devolucion` asks for “devoluciones”, too."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.function = "puente_search_query"


class MonthOf(Func):
    """The first day of a day's month."""

    template = "((date_trunc('month', (%(expressions)s)::timestamp))::date)"
    output_field = models.DateField()


class DayOf(Func):
    """In UTC, so that it depends on nothing but the moment."""

    template = "((%(expressions)s AT TIME ZONE 'UTC')::date)"
    output_field = models.DateField()
