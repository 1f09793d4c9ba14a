"""Finds rows by a name as people type it: any order, case, accents, marks and abbreviations."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import CharField, F, FloatField, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from leases.models.names import NameWords

SHORTEST_SLIP = 5  # letters in a word that may have one wrong
# the share of a word's groups of three letters, as pg_trgm counts: `hernandes`, `obrein`
CLOSE = 0.4
MOST_CLOSE = 200
#: The closest are taken from this many: comparing is slow, and a tenth of all names resembles a
#: common one.
MOST_COMPARED = 1_000
NEWEST_COMPARED = 2_000  # before any others: whoever has a common name is among them


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


def nearly_named(text: str, rows: QuerySet[Any]) -> list[int]:
    """Keys of the closest rows. A long word may have a typing error; no word may be missing."""
    if not _may_have_a_slip(text):
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner thinks the comparison is cheap and would read the whole table.
        cursor.execute(
            f"SET LOCAL pg_trgm.word_similarity_threshold = {CLOSE}; SET LOCAL enable_seqscan = off"
        )
        for place, word in enumerate(words(text)):
            rows = rows.alias(**{f"near{place}": NameWords(Value(word))})
            slip = len(word) >= SHORTEST_SLIP
            rows = rows.filter(
                Q(**{"name_key__trigram_word_similar": F(f"near{place}")})
                if slip
                else _part("name_key", F(f"near{place}"), whole=len(word) < 3)
            )
        return _closest(text, rows)


def newest_nearly_named(text: str, rows: QuerySet[Any]) -> list[int]:
    """The same among the newest rows alone; none if those are all, which the index compares."""
    if not _may_have_a_slip(text):
        return []
    since = rows.order_by("-pk").values_list("pk", flat=True)[NEWEST_COMPARED:][:1].first()
    if since is None:
        return []
    # Not the column itself: its index would compare older names, too.
    key = Func(F("name_key"), Value(""), function="CONCAT", output_field=CharField())
    rows = rows.filter(pk__gt=since).alias(key=key)
    for place, word in enumerate(words(text)):
        asked = NameWords(Value(word))
        if len(word) >= SHORTEST_SLIP:
            alike = Func(
                asked, F("name_key"), function="WORD_SIMILARITY", output_field=FloatField()
            )
            rows = rows.alias(**{f"near{place}": alike})
            rows = rows.filter(**{f"near{place}__gte": CLOSE})
        else:
            rows = rows.alias(**{f"near{place}": asked})
            rows = rows.filter(_part("key", F(f"near{place}"), whole=len(word) < 3))
    return _closest(text, rows)


def _may_have_a_slip(text: str) -> bool:
    return any(len(word) >= SHORTEST_SLIP for word in words(text))


def _closest(text: str, rows: QuerySet[Any]) -> list[int]:
    close = rows.annotate(closeness=TrigramWordSimilarity(text, "name_key")).order_by()
    compared = close.values_list("closeness", "pk")[:MOST_COMPARED]
    return [key for _, key in sorted(compared, reverse=True)[:MOST_CLOSE]]
