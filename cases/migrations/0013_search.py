"""Every text of a case can be found by its words: what is searched, and the triggers that keep it.

Words are compared without accents and by the stems of both languages, because an entry's language
may be wrong or mixed (decision 40). Each table has one function that says what its row gives to a
search; triggers and `manage.py build_search` use the same.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.models.search_words

# Nothing but letters and digits, in lower case and without accents: what surrounds a word, or joins
# two in a file's name or an amount, separates words for both sides alike.
TEXT = r"""
    CREATE FUNCTION puente_search_text(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
        SELECT regexp_replace(
            public.puente_fold(normalize($1, NFKC)),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u0300-\u036f'
            '\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\ufff0-\uffff\U0001f000-\U0001faff]+',
            ' ', 'g'
        )
    $$
"""
# The Spanish stemmer knows -ación by its accent, and neither luz, luces nor interés, intereses.
PLURALS = r"""
    CREATE FUNCTION puente_search_plurals(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
        SELECT regexp_replace(
            regexp_replace($1, '(cion|interes)\M', '\1es', 'g'), '([aeiou])z\M', '\1ces', 'g'
        )
    $$
"""
# No stop words: “no quiere” is a phrase. The · keeps one's last word from leading to the other's first.
# A tsvector holds a megabyte at most.
VECTOR = """
    CREATE FUNCTION puente_search_vector(text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
        SELECT ts_delete(
            to_tsvector('public.puente_spanish'::regconfig, public.puente_search_plurals(plain))
                || '·:1'::tsvector || to_tsvector('public.puente_english'::regconfig, plain),
            '·'
        )
        FROM (SELECT public.puente_search_text(left($1, 60000)) AS plain) AS folded
    $$
"""
# One word, or several that follow each other.
QUERY = """
    CREATE FUNCTION puente_search_query(text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
        SELECT phraseto_tsquery(
            'public.puente_spanish'::regconfig, public.puente_search_plurals(plain)
        ) || phraseto_tsquery('public.puente_english'::regconfig, plain)
        FROM (SELECT public.puente_search_text($1) AS plain) AS folded
    $$
"""
STEMS = ["spanish", "english"]
MAPPED = "asciiword, word, numword"


def _stems(language: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE TEXT SEARCH DICTIONARY puente_{language}
            (TEMPLATE = pg_catalog.snowball, LANGUAGE = {language});
        CREATE TEXT SEARCH CONFIGURATION puente_{language} (COPY = pg_catalog.simple);
        ALTER TEXT SEARCH CONFIGURATION puente_{language}
            ALTER MAPPING FOR {MAPPED} WITH puente_{language};
        """,
        f"""
        DROP TEXT SEARCH CONFIGURATION puente_{language};
        DROP TEXT SEARCH DICTIONARY puente_{language};
        """,
    )


# What each table's row gives to a search. An event's words are those somebody wrote, never its codes.
SEARCHED = {
    "headline": (
        "cases_case",
        """
        SELECT 'headline', said.id::text, said.id, NULL::bigint, said.kind, 'internal',
            said.language, said.opened_by_id, said.opened_at, said.headline
        WHERE said.headline <> ''
        """,
    ),
    "entry": (
        "cases_entry",
        """
        SELECT 'entry', said.id::text, said.case_id, said.id, about.kind, said.visibility,
            COALESCE(NULLIF(said.language, ''), said.params ->> 'language', ''),
            said.author_id, said.at, words.text
        FROM public.cases_case AS about
        CROSS JOIN LATERAL (
            SELECT concat_ws(' ', NULLIF(said.body, ''), said.params ->> 'what',
                said.params ->> 'message', said.params ->> 'name',
                said.params ->> 'named', said.params ->> 'number',
                said.params ->> 'account_number',
                CASE WHEN said.event NOT IN ('follow_up_cancelled', 'mail_bounced')
                    THEN said.params ->> 'reason' END) AS text
        ) AS words
        WHERE about.id = said.case_id AND words.text <> ''
        """,
    ),
    "translation": (
        "cases_entrytranslation",
        """
        SELECT 'translation', said.id::text, entry.case_id, entry.id, about.kind, 'internal',
            said.language, entry.author_id, entry.at,
            COALESCE(NULLIF(said.reviewed_text, ''), said.machine_text)
        FROM public.cases_entry AS entry
        JOIN public.cases_case AS about ON about.id = entry.case_id
        WHERE entry.id = said.entry_id
        """,
    ),
    "file": (
        "cases_evidence",
        """
        SELECT 'file', said.id::text, entry.case_id, entry.id, about.kind, entry.visibility,
            '', entry.author_id, entry.at, said.name
        FROM public.cases_entry AS entry
        JOIN public.cases_case AS about ON about.id = entry.case_id
        WHERE entry.id = said.entry_id AND said.name <> ''
        """,
    ),
    "subject": (
        "cases_inboundmail",
        """
        SELECT 'subject', said.id::text, entry.case_id, entry.id, about.kind, entry.visibility,
            entry.language, entry.author_id, entry.at, said.subject
        FROM public.cases_entry AS entry
        JOIN public.cases_case AS about ON about.id = entry.case_id
        WHERE entry.id = said.entry_id AND said.subject <> ''
        """,
    ),
    "reference": (
        "cases_outsidedeadline",
        """
        SELECT 'reference', said.id::text, said.case_id, NULL::bigint, about.kind, 'internal',
            '', said.by_id, said.at, said.reference
        FROM public.cases_case AS about
        WHERE about.id = said.case_id AND said.reference <> ''
        """,
    ),
}


def _searched(what: str) -> migrations.RunSQL:
    table, rows = SEARCHED[what]
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION puente_searched_{what}(said public.{table}) RETURNS TABLE (
            what text, source text, case_id bigint, entry_id bigint, kind text, visibility text,
            language text, author_id bigint, at timestamptz, text text
        ) LANGUAGE sql STABLE AS $$ {rows} $$
        """,
        f"DROP FUNCTION puente_searched_{what}(public.{table})",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_phone_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(TEXT, "DROP FUNCTION puente_search_text(text)"),
        migrations.RunSQL(PLURALS, "DROP FUNCTION puente_search_plurals(text)"),
        *(_stems(language) for language in STEMS),
        migrations.RunSQL(VECTOR, "DROP FUNCTION puente_search_vector(text)"),
        migrations.RunSQL(QUERY, "DROP FUNCTION puente_search_query(text)"),
        *(_searched(what) for what in SEARCHED),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("entry", "Entry"),
                            ("translation", "Translation"),
                            ("file", "File"),
                            ("headline", "Summary"),
                            ("subject", "Email subject"),
                            ("reference", "Outside reference"),
                        ],
                        max_length=11,
                    ),
                ),
                ("source", models.CharField(max_length=36)),
                ("kind", models.CharField(max_length=40)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("internal", "Internal"), ("public", "Visible to the customer")],
                        max_length=10,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("text", models.TextField()),
                (
                    "day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=cases.models.search_words.DayOf("at"),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=cases.models.search_words.SearchWords("text"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "searchable text",
                "verbose_name_plural": "searchable texts",
            },
        ),
        migrations.CreateModel(
            name="SearchProgress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("below", models.BigIntegerField()),
                ("started_from", models.BigIntegerField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "progress of the search",
                "verbose_name_plural": "progress of the search",
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_headline",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'headline' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_headline(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="e80d7313b995c36579059fae1abebd54a4b9c857",
                    operation='INSERT OR UPDATE OF "headline" OR DELETE',
                    pgid="pgtrigger_searched_headline_fadd6",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind"))',
                    func="\n        UPDATE cases_searchdocument SET kind = NEW.kind WHERE case_id = NEW.id;\n        RETURN NULL;\n    ",
                    hash="8a1b42447425e1a7a6fc383ee27030b04ab925b0",
                    operation='UPDATE OF "kind"',
                    pgid="pgtrigger_searched_kind_b8d97",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_entry",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'entry' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_entry(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="69bb3534a52da8a7f50af17bf6128f6bc12a75ab",
                    operation="INSERT OR DELETE",
                    pgid="pgtrigger_searched_entry_26a0f",
                    table="cases_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entrytranslation",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_translation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'translation' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_translation(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="033079eaa3587fec60746bd065db2ae410dfb83c",
                    operation='INSERT OR UPDATE OF "machine_text", "reviewed_text" OR DELETE',
                    pgid="pgtrigger_searched_translation_8d086",
                    table="cases_entrytranslation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_file",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'file' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_file(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="508792f60b1a6156901857ace34b478a4fe8616e",
                    operation="INSERT OR DELETE",
                    pgid="pgtrigger_searched_file_b78e5",
                    table="cases_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inboundmail",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_subject",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'subject' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_subject(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="7f7fab4754a21c30ef2dd996dd1b35105a890ad3",
                    operation='INSERT OR UPDATE OF "subject", "entry_id" OR DELETE',
                    pgid="pgtrigger_searched_subject_049c0",
                    table="cases_inboundmail",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="languagecorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_language",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        UPDATE cases_searchdocument SET language = NEW.language\n        WHERE what = 'entry' AND source = NEW.entry_id::text;\n        RETURN NULL;\n    ",
                    hash="0dd20cf95e054b9cc5d203f5fcd5837f011f715b",
                    operation="INSERT",
                    pgid="pgtrigger_searched_language_8ac34",
                    table="cases_languagecorrection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidedeadline",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_reference",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'reference' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_reference(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="cffba98be52cce4473208fbc77bf1fd5e10afe84",
                    operation='INSERT OR UPDATE OF "reference" OR DELETE',
                    pgid="pgtrigger_searched_reference_ae389",
                    table="cases_outsidedeadline",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)), name="search_progress_is_one"
            ),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False,
                fields=["day", "kind", "language", "what", "author", "words"],
                name="search_document_words",
            ),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["case"], name="search_document_case"),
        ),
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.UniqueConstraint(
                fields=("what", "source"), name="search_document_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visibility__in", ["internal", "public"]),
                    (
                        "what__in",
                        ["entry", "translation", "file", "headline", "subject", "reference"],
                    ),
                ),
                name="search_document_known",
            ),
        ),
    ]
