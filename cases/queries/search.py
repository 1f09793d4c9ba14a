"""Texts of cases by their words, newest first, with the found words marked.

At five million texts a common word is in a million of them: sorting those, or even fetching them,
takes seconds. The index also knows each text's day, so the newest days are asked first; only if a
page isn't full, the rest of the words' rows are few enough to be read and sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Searched
from cases.models import SearchDocument
from cases.models.search_words import SearchTerm
from cases.queries.search_filters import between, condition
from cases.queries.search_marks import marks
from cases.search_text import AskedTerm, ParsedSearch
from cases.snippets import Piece, snippet
from common.pages import page_in_steps

#: Days of texts that are looked at before all others.
NEWEST_DAYS = (2, 32)
ORDER = ("-at", "-id")


class Hit(NamedTuple):
    document: SearchDocument
    pieces: list[Piece]


class Hits(NamedTuple):
    rows: list[Hit]
    next: str
    is_first: bool


NO_HITS = Hits([], "", is_first=True)


def search(asked: ParsedSearch, *, user: User, now: datetime, after: str = "") -> Hits:
    """ValidationError `search_filter_value`, or `search_only_without` for nothing but `-words`."""
    if not asked.wanted:
        if asked.terms or asked.filters:
            raise ValidationError(
                _("Add at least one word to find. Filters and words with a minus only narrow."),
                code="search_only_without",
            )
        return NO_HITS
    found = SearchDocument.objects.visible_to(user).filter(words=_query(asked.terms))
    for each in asked.filters:
        found = found.filter(condition(each, user=user, now=now))
    newest, oldest = between(asked.filters, now=now)
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner expects thousands where words exclude each other, and would read the table.
        cursor.execute("SET LOCAL enable_seqscan = off")
        page = page_in_steps(
            found.only("at"),
            lambda at: _steps(min(at or newest, newest), oldest),
            order=ORDER,
            after=after,
        )
    rows = _once(_read([row.pk for row in page.rows], user))
    phrases, means = marks(asked.wanted, [row.text for row in rows])
    hits = [Hit(row, snippet(row.text, phrases, means)) for row in rows]
    return Hits(hits, page.next, page.is_first)


def _query(terms: tuple[AskedTerm, ...]) -> SearchQuery:
    return reduce(and_, (SearchTerm(term.text, is_wanted=term.is_wanted) for term in terms))


def _steps(newest: datetime, oldest: datetime | None) -> Iterator[Q]:
    """Day by day as far as the index goes fast, then all the rest. A text's day is in UTC."""
    until = newest.astimezone(UTC).date() + timedelta(days=1)
    last = oldest.astimezone(UTC).date() if oldest else date.min
    for most in NEWEST_DAYS:
        days = min(most, (until - last).days + 1)
        yield Q(day__in=[until - timedelta(days=each) for each in range(days)])
        if days < most or (until - last).days < most:
            return
        until -= timedelta(days=days)
    yield Q(at__lt=datetime.combine(until + timedelta(days=1), time(), UTC))


def _once(rows: list[SearchDocument]) -> list[SearchDocument]:
    """Without summaries that only repeat the beginning of a call on the same page."""
    said: dict[int, list[str]] = {}
    for row in rows:
        if row.what != Searched.HEADLINE:
            said.setdefault(row.case_id, []).append(row.text)
    return [
        row
        for row in rows
        if row.what != Searched.HEADLINE
        or not any(text.startswith(row.text.rstrip("… ")) for text in said.get(row.case_id, ()))
    ]


def _read(keys: list[int], user: User) -> list[SearchDocument]:
    rows = (
        SearchDocument.objects.visible_to(user)
        .filter(pk__in=keys)
        .select_related("case__kind", "case__lease__customer", "case__contact", "author", "entry")
        .order_by(*ORDER)
    )
    return list(rows) if keys else []
