"""Collects the words of texts, so that a misspelled one can be answered with a better one."""

from __future__ import annotations

from django.db import connection, transaction

from cases.models import SearchDocument, SearchProgress

TEXTS = 2_000  # at a time
# Letters only: numbers are no words, and are nothing to suggest.
_LEARN = """
    INSERT INTO cases_searchword AS known (plain, shown, texts)
    SELECT plain, max(shown), count(*)
    FROM (
        SELECT DISTINCT said.id, public.puente_fold(written[1]) AS plain, lower(written[1]) AS shown
        FROM cases_searchdocument AS said,
            regexp_matches(left(said.text, 5000), '[[:alpha:]\\u00c0-\\u024f]+', 'g') AS written
        WHERE said.id > %s AND said.id <= %s AND said.what <> 'call'  -- half-typed words
    ) AS found
    WHERE plain ~ '^[a-z]{4,30}$' AND length(shown) <= 60
    GROUP BY plain ORDER BY plain
    ON CONFLICT (plain) DO UPDATE
    SET texts = known.texts + excluded.texts, shown = GREATEST(known.shown, excluded.shown)
"""


@transaction.atomic
def learn_words() -> int:
    """Of the next texts; says how many there were."""
    progress = SearchProgress.objects.select_for_update().first()
    if progress is None:
        return 0
    later = SearchDocument.objects.filter(pk__gt=progress.words_to).order_by("pk")
    keys = list(later.values_list("pk", flat=True)[:TEXTS])
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_LEARN, [progress.words_to, keys[-1]])
        SearchProgress.objects.update(words_to=max(keys[-1], 0))
    return len(keys)
