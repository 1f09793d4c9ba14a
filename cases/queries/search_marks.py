"""Which words of some texts are meant by what was asked, as the database compares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from cases.search_text import AskedTerm
from cases.snippets import may_match, words_in

_MEANS = """
    SELECT asked, word FROM unnest(%s::text[], %s::text[]) AS pair (asked, word)
    WHERE puente_search_vector(word) @@ puente_search_query(asked)
"""


def marks(
    terms: Iterable[AskedTerm], texts: Sequence[str]
) -> tuple[list[list[str]], dict[str, set[str]]]:
    """The words of each term, and the words of the texts that each of them finds."""
    phrases = [[word.plain for word in words_in(term.text)] for term in terms]
    asked = {word for phrase in phrases for word in phrase}
    there = {word.plain for text in texts for word in words_in(text)}
    pairs = [(one, word) for one in asked for word in there if may_match(one, word)]
    means: dict[str, set[str]] = {}
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(_MEANS, [list(column) for column in zip(*pairs, strict=True)])
            for one, word in cursor.fetchall():
                means.setdefault(one, set()).add(word)
    return [phrase for phrase in phrases if phrase], means
