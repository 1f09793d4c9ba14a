"""The index of words knows each text’s month, too, so that a search can look back month by month."""

import django.contrib.postgres.indexes
from django.db import migrations

import cases.models.search_words
from common.unlocked_indexes import DropIndexWithoutLock, IndexWithoutLock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0029_search_more_filled")]

    operations = [
        IndexWithoutLock(
            "search_document_by_time",
            "cases_searchdocument USING gin (day, ((date_trunc('month', day::timestamp))::date),"
            " kind, language, what, author_id, words) WITH (fastupdate = off)",
            state_operations=[
                migrations.AddIndex(
                    model_name="searchdocument",
                    index=django.contrib.postgres.indexes.GinIndex(
                        "day",
                        cases.models.search_words.MonthOf("day"),
                        "kind",
                        "language",
                        "what",
                        "author",
                        "words",
                        fastupdate=False,
                        name="search_document_by_time",
                    ),
                ),
            ],
        ),
        DropIndexWithoutLock(
            "search_document_words",
            "cases_searchdocument USING gin (day, kind, language, what, author_id, words)"
            " WITH (fastupdate = off)",
            state_operations=[
                migrations.RemoveIndex(model_name="searchdocument", name="search_document_words"),
            ],
        ),
    ]
