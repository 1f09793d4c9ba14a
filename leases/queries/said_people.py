"""People by what someone is still typing: last digits of a phone, beginnings of names.

For any table with `phone` and `name_key`: customers, and the callers of cases without a lease.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import CharField, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Reverse

from common.accents import without_accents
from common.formats import parse_phone
from leases.models.names import NameWords
from leases.queries.find import LAST_DIGITS
from leases.queries.names import CLOSE, SHORTEST_SLIP
from leases.said import Said

MOST_PEOPLE = 400
FIRST_DIGITS = range(6, 10)  # of one that's still being typed


def phoned(said: Said, rows: QuerySet[Any]) -> list[int]:
    """By a whole number, its last digits or, from the area code on, its first."""
    if phone := parse_phone(said.number):
        return _keys(rows.filter(phone=phone))
    digits = said.digits
    found: list[int] = []
    if len(digits) in LAST_DIGITS:
        ending = rows.alias(from_the_end=Reverse("phone"))
        found = _keys(ending.filter(from_the_end__startswith=digits[::-1]))
    if len(digits) in FIRST_DIGITS and not found:
        found = _keys(rows.filter(phone__startswith=f"+1{digits}"))
    return found


def begins_with(words: Iterable[str], key: str = "name_key") -> Q:
    """Each of them begins a word of the name. The key also has the name in one word, so its first
    word follows a space, too.
    """
    return Q(*(Q(**{f"{key}__contains": _after_a_space(word)}) for word in words))


def has_within(words: Iterable[str], key: str = "name_key") -> Q:
    """Each is some part of the name: `delacruz`, `annemarie`."""
    return Q(*(Q(**{f"{key}__contains": NameWords(Value(word))}) for word in words))


def _after_a_space(word: str) -> Combinable:
    # An abbreviation is written out, but whoever types "ma" may go on to Martín.
    said: Combinable = Value("ma") if word.casefold() == "ma" else NameWords(Value(word))
    return Func(Value(" "), said, function="CONCAT", output_field=CharField())


def has_rare_letters(words: Iterable[str]) -> bool:
    """Whether the index of names knows any of them: it counts groups of letters without accents."""
    return any(re.search("[a-z0-9]{2}", without_accents(word).lower()) for word in words)


def by_index(rows: QuerySet[Any]) -> list[int]:
    """For what is known to be rare, which the planner can't know."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        return _keys(rows)


def resembling(words: Iterable[str], keys: list[int], rows: QuerySet[Any]) -> list[int]:
    """Those of a few people whose names have each word, perhaps with a typing error."""
    return _keys(resembles(words, rows.filter(pk__in=keys)))


def resembles(words: Iterable[str], rows: QuerySet[Any], key: str = "name_key") -> QuerySet[Any]:
    for place, word in enumerate(words):
        match = begins_with([word], key)
        if len(word) >= SHORTEST_SLIP:
            rows = rows.alias(**{f"near{place}": TrigramWordSimilarity(word, key)})
            match |= Q(**{f"near{place}__gte": CLOSE})
        rows = rows.filter(match)
    return rows


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True)[:MOST_PEOPLE])
