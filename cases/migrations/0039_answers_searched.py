"""Words of answers can be found, too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# As in 0013_search: what each row gives to a search. Only the answer that stands, and only words:
# days, amounts and choices are kept as the machine reads them.
SEARCHED = """
    CREATE FUNCTION puente_searched_answer(said public.cases_caseanswer) RETURNS TABLE (
        what text, source text, case_id bigint, entry_id bigint, kind text, visibility text,
        language text, author_id bigint, at timestamptz, text text
    ) LANGUAGE sql STABLE AS $$
        SELECT 'answer', said.id::text, said.case_id, NULL::bigint, about.kind, 'internal',
            said.language, said.by_id, said.at, said.value
        FROM public.cases_case AS about
        JOIN public.cases_kindquestion AS asked ON asked.key = said.question_id
        WHERE about.id = said.case_id AND asked.answer_type = 'text' AND said.value <> ''
            AND NOT EXISTS (
                SELECT FROM public.cases_caseanswer AS later
                WHERE later.case_id = said.case_id AND later.question_id = said.question_id
                    AND later.id > said.id
            )
    $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0038_attorneys_letter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            SEARCHED, "DROP FUNCTION puente_searched_answer(public.cases_caseanswer)"
        ),
        migrations.RemoveConstraint(
            model_name="searchdocument",
            name="search_document_known",
        ),
        migrations.AddField(
            model_name="searchprogress",
            name="answers_below",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="searchdocument",
            name="what",
            field=models.CharField(
                choices=[
                    ("entry", "Entry"),
                    ("translation", "Translation"),
                    ("file", "File"),
                    ("headline", "Summary"),
                    ("subject", "Email subject"),
                    ("reference", "Outside reference"),
                    ("contact", "Contact"),
                    ("quoted", "Reference from the customer"),
                    ("answer", "Answer"),
                    ("mail", "Unmatched email"),
                    ("call", "Unfinished call"),
                ],
                max_length=11,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_answer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        DELETE FROM cases_searchdocument\n        WHERE what = 'answer' AND source = ANY (ARRAY(\n            SELECT said.id::text FROM public.cases_caseanswer AS said\n            WHERE said.case_id = NEW.case_id AND said.question_id = NEW.question_id\n                AND said.id < NEW.id\n        ));\n        INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n        SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_answer(NEW)\n        ON CONFLICT (what, source) DO NOTHING;\n        RETURN NULL;\n    ",
                    hash="282ec5828e699e2eb47ad20e44a57df88b6e8435",
                    operation="INSERT",
                    pgid="pgtrigger_searched_answer_77f6a",
                    table="cases_caseanswer",
                    when="AFTER",
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="searchdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visibility__in", ["internal", "public"]),
                    (
                        "what__in",
                        [
                            "entry",
                            "translation",
                            "file",
                            "headline",
                            "subject",
                            "reference",
                            "contact",
                            "quoted",
                            "answer",
                            "mail",
                            "call",
                        ],
                    ),
                ),
                name="search_document_known",
            ),
        ),
        # Backwards, before all of that: what earlier versions don't know.
        migrations.RunSQL(
            migrations.RunSQL.noop, "DELETE FROM cases_searchdocument WHERE what = 'answer'"
        ),
    ]
