"""Texts of cases by their words, newest first, with the found words marked.

At five million texts a common word is in a million of them: sorting those, or even fetching them,
takes seconds. The index also knows each text's day and month, so the newest are asked first; only
if a page isn't full, the search goes on, and no further than a page may cost (search_steps.py).
"""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import SearchDocument
from cases.models.search_words import MonthOf, SearchTerm
from cases.queries.search_filters import between, condition
from cases.queries.search_hits import NO_HITS, ORDER, Hits, read_hits
from cases.queries.search_named import of_people_named
from cases.queries.search_steps import (
    MOST_COMPARED,
    MOST_LOOKED_UP,
    MOST_READ,
    expected,
    steps,
)
from cases.search_text import AskedTerm, ParsedSearch, spellings
from cases.snippets import words_in
from common.pages import page_in_steps


def search(asked: ParsedSearch, *, user: User, now: datetime, after: str = "") -> Hits:
    """ValidationError `search_filter_value`, or `search_only_without` for nothing but `-words`."""
    if not asked.wanted:
        if asked.terms or asked.filters:
            raise ValidationError(
                _("Add at least one word to find. Filters and words with a minus only narrow."),
                code="search_only_without",
            )
        return NO_HITS
    texts = SearchDocument.objects.visible_to(user).alias(month=MonthOf("day")).only("at")
    for each in asked.filters:
        texts = texts.filter(condition(each, user=user, now=now))
    newest, oldest = between(asked.filters, now=now)
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner expects thousands where words exclude each other, and would read the table.
        cursor.execute("SET LOCAL enable_seqscan = off")
        named = of_people_named(asked, user=user)
        ways = [texts.filter(words=_query(asked.terms))]
        ways += [texts.filter(each.about, words=_query(each.terms)) for each in named.ways]
        expects = expected(_compared(named.rest if named.looks_up else asked.wanted))
        most = min(MOST_LOOKED_UP if named.looks_up else MOST_COMPARED, _most(asked))
        page, reached = page_in_steps(
            ways,
            lambda at: steps(min(at or newest, newest), oldest, expects, most=most),
            order=ORDER,
            after=after,
        )
    hits = read_hits(
        [row.pk for row in page.rows],
        [AskedTerm(text) for term in asked.wanted for text in spellings(term)],
        user,
    )
    return Hits(hits, page.next, page.is_first, reached)


def _query(terms: tuple[AskedTerm, ...]) -> SearchQuery:
    return reduce(and_, (_of_term(term) for term in terms))


def _of_term(term: AskedTerm) -> SearchQuery:
    any_spelling = reduce(or_, (SearchTerm(text) for text in spellings(term)))
    return any_spelling if term.is_wanted else ~any_spelling


def _compared(terms: tuple[AskedTerm, ...]) -> list[str]:
    return [word.plain for term in terms if term.is_wanted for word in words_in(term.text)]


def _most(asked: ParsedSearch) -> int:
    """The status of a case and the order of words aren't in the index."""
    if any(each.name == "is" for each in asked.filters):
        return MOST_LOOKED_UP
    return MOST_READ if any(len(words_in(term.text)) > 1 for term in asked.terms) else MOST_COMPARED
