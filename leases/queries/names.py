"""Finds rows by a name as people type it: any order, case, accents, marks and abbreviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from leases.models.names import NameWords

SHORTEST_SLIP = 5  # letters in a word that may have one wrong
# the share of a word's groups of three letters, as pg_trgm counts: `hernandes`, `obrein`
CLOSE = 0.4
MOST_CLOSE = 200
#: The closest are taken from this many: comparing is slow, and a tenth of all names resembles a
#: common one.
MOST_COMPARED = 1_000


def words(text: str) -> list[str]:
    """What can be part of a name in a text, one word each."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def with_name(text: str, rows: QuerySet[Any], key: str = "name_key") -> QuerySet[Any]:
    """Every word must be part of the name. `delacruz` is `de la Cruz`, `oneill` is `O’Neill`."""
    asked = words(text)
    matches = Q()
    for place, word in enumerate(asked):
        rows = rows.alias(**{f"word{place}": NameWords(Value(word))})
        matches &= _part(key, F(f"word{place}"), whole=len(word) < 3)
    return rows.filter(matches) if asked else rows.none()


def _part(key: str, word: Combinable, *, whole: bool) -> Q:
    """One or two letters are in every second name, so they must be a whole word, like `Wu`."""
    if not whole:
        return Q(**{f"{key}__contains": word})
    then = Func(word, Value(" "), function="CONCAT", output_field=CharField())
    inside = Func(Value(" "), word, Value(" "), function="CONCAT", output_field=CharField())
    return Q(**{f"{key}__startswith": then}) | Q(**{f"{key}__contains": inside})


def nearly_named(text: str, rows: QuerySet[Any]) -> Sequence[int]:
    """Keys of the closest rows. A long word may have a typing error; no word may be missing."""
    asked = words(text)
    if not any(len(word) >= SHORTEST_SLIP for word in asked):
        return []
    for place, word in enumerate(asked):
        rows = rows.alias(**{f"near{place}": NameWords(Value(word))})
        slip = len(word) >= SHORTEST_SLIP
        rows = rows.filter(
            Q(**{"name_key__trigram_word_similar": F(f"near{place}")})
            if slip
            else _part("name_key", F(f"near{place}"), whole=len(word) < 3)
        )
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner thinks the comparison is cheap and would read the whole table.
        cursor.execute(
            f"SET LOCAL pg_trgm.word_similarity_threshold = {CLOSE}; SET LOCAL enable_seqscan = off"
        )
        compared = rows.order_by().values("pk")[:MOST_COMPARED]
        closest = rows.model._default_manager.filter(pk__in=compared).order_by(
            TrigramWordSimilarity(text, "name_key").desc(), "-pk"
        )
        return list(closest.values_list("pk", flat=True)[:MOST_CLOSE])
