"""Words are as alike here as in the database, which finds the same names by its index."""

from __future__ import annotations

import pytest
from django.db import connection

from leases.likeness import TypedWord
from leases.queries.names import CLOSE

NAMES = [
    "hernandez", "hernando", "fernandez", "hern", "he", "h", "ernandez", "rosahernandez", "obrien",
    "obrian", "brien", "oneill", "shaunoneill", "annemarie", "marie", "anne", "guadalupe", "lupe",
    "mariaelenatrevinohernandez", "salinas", "salas", "wu", "wuwu", "aaaaaaa", "anaana", "muller",
    "mueller", "nakamura",
]  # fmt: skip
TYPED = (
    "hernandes", "Hernández", "fernandes", "obrein", "O’Brien", "oneil", "anne-marie", "annmarie",
    "gudalupe", "salines", "aaaaaa", "anana", "nakumara", "Müler", "xyzzy",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.requirement("R87")
@pytest.mark.parametrize("typed", TYPED)
def test_it_agrees_with_the_database(typed: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, word_similarity(puente_name_words(%s), name)"
            " FROM unnest(%s::text[]) AS name",
            [typed, NAMES],
        )
        shares = dict(cursor.fetchall())
    asked = TypedWord(typed)
    for share in (0.3, CLOSE, 0.55, 0.75, 0.95):
        here = {name for name in NAMES if asked.is_like(name, share)}
        assert here == {name for name in NAMES if shares[name] >= share}, share


def test_nothing_is_like_what_has_no_letters() -> None:
    assert not TypedWord("--").is_like("ana", CLOSE)
