"""Words of unmatched mails, of begun calls and of contacts can be found, too."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# As in 0013_search: what each table's row gives to a search.
COLUMNS = """
    what text, source text, case_id bigint, entry_id bigint, kind text, visibility text,
    language text, author_id bigint, at timestamptz, text text
"""
SEARCHED = {
    # A North American number as people write it, so that its last digits are words of their own.
    "contact": (
        "cases_casecontact",
        r"""
        SELECT 'contact', said.id::text, about.id, NULL::bigint, about.kind, 'internal',
            said.language, about.opened_by_id, about.opened_at,
            concat_ws(' · ', said.name,
                NULLIF(regexp_replace(
                    said.phone, '^\+1(\d{3})(\d{3})(\d{4})$', '(\1) \2-\3'), ''),
                NULLIF(said.email, ''), NULLIF(said.known, ''))
        FROM public.cases_case AS about WHERE about.contact_id = said.id
        """,
    ),
    # Until it's an entry of a case.
    "mail": (
        "cases_inboundmail",
        """
        SELECT 'mail', said.id::text, NULL::bigint, NULL::bigint, '', 'internal', '',
            NULL::bigint, said.received_at, words.text
        FROM (SELECT concat_ws(' · ', NULLIF(said.subject, ''), NULLIF(said.sender, ''),
            NULLIF(said.text, '')) AS text) AS words
        WHERE said.entry_id IS NULL AND words.text <> ''
        """,
    ),
    # Until it's a case, or part of one: what was typed, and whose lease was chosen.
    "call": (
        "cases_calldraft",
        """
        SELECT 'call', said.id::text, NULL::bigint, NULL::bigint,
            left(COALESCE(said.typed ->> 'kind', ''), 40), 'internal',
            CASE WHEN said.typed ->> 'language' IN ('en', 'es')
                THEN said.typed ->> 'language' ELSE '' END,
            said.agent_id, said.started_at, words.text
        FROM (
            SELECT concat_ws(' · ', max(customer.name), max(parts.text),
                NULLIF(said.discard_reason, '')) AS text
            FROM (
                SELECT string_agg(typed.value, ' · ' ORDER BY names.place, typed.key) AS text
                FROM jsonb_each_text(CASE WHEN jsonb_typeof(said.typed) = 'object'
                    THEN said.typed ELSE '{}' END) AS typed
                JOIN unnest(ARRAY['summary', 'contact_name', 'contact_phone', 'contact_email',
                    'known', 'caller_name', 'contract', 'message', 'agreed']
                ) WITH ORDINALITY AS names (name, place)
                    ON typed.key = names.name
                    OR names.name = 'agreed' AND typed.key ~ '^agreed-[0-9]+-what$'
                WHERE btrim(typed.value) <> ''
            ) AS parts
            LEFT JOIN public.leases_lease AS lease ON lease.id = COALESCE((
                SELECT chosen.id FROM public.leases_lease AS chosen
                WHERE chosen.account_number = said.typed ->> 'lease'
            ), said.lease_id)
            LEFT JOIN public.leases_customer AS customer ON customer.id = lease.customer_id
        ) AS words
        WHERE said.case_id IS NULL AND words.text <> ''
        """,
    ),
}


def _searched(what: str) -> migrations.RunSQL:
    table, rows = SEARCHED[what]
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION puente_searched_{what}(said public.{table}) RETURNS TABLE ({COLUMNS})
        LANGUAGE sql STABLE AS $$ {rows} $$
        """,
        f"DROP FUNCTION puente_searched_{what}(public.{table})",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0027_outcomes_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(_searched(what) for what in SEARCHED),
        migrations.RemoveConstraint(
            model_name="searchdocument",
            name="search_document_known",
        ),
        migrations.AlterField(
            model_name="searchdocument",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cases.case",
            ),
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
                    ("mail", "Unmatched email"),
                    ("call", "Unfinished call"),
                ],
                max_length=11,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calldraft",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_call",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'call' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_call(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="87042c0277406b168749601a6808748708acbcd9",
                    operation='INSERT OR UPDATE OF "typed", "lease_id", "case_id", "discard_reason" OR DELETE',
                    pgid="pgtrigger_searched_call_b84ca",
                    table="cases_calldraft",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_contact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."contact_id" IS NOT NULL)',
                    func="\n        INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n        SELECT found.* FROM public.cases_casecontact AS said,\n            LATERAL public.puente_searched_contact(said) AS found\n        WHERE said.id = NEW.contact_id\n        ON CONFLICT (what, source) DO NOTHING;\n        RETURN NULL;\n    ",
                    hash="99faa9b3b9cb713262004281de9bea7263b80fcc",
                    operation="INSERT",
                    pgid="pgtrigger_searched_contact_a3b0e",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casecontact",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_contact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'contact' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_contact(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="2cb24650426c3f2c4954ccfe83200a64dcafd313",
                    operation='UPDATE OF "name", "phone", "email", "known" OR DELETE',
                    pgid="pgtrigger_searched_contact_ac5a3",
                    table="cases_casecontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inboundmail",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_mail",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'mail' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_mail(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="cd70d55603be633544c3fbd62f04ddc683cfeac8",
                    operation='INSERT OR UPDATE OF "sender", "subject", "text", "entry_id" OR DELETE',
                    pgid="pgtrigger_searched_mail_37e8e",
                    table="cases_inboundmail",
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
                            "mail",
                            "call",
                        ],
                    ),
                ),
                name="search_document_known",
            ),
        ),
        AddConstraintNotValid(
            model_name="searchdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case", None), ("visibility", "internal"), ("what__in", ("mail", "call"))
                    ),
                    models.Q(
                        ("case__isnull", False),
                        models.Q(("what__in", ("mail", "call")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="search_document_of_a_case",
            ),
        ),
        # Backwards, before all of that: what earlier versions don't know.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DELETE FROM cases_searchdocument WHERE what IN ('contact', 'mail', 'call')",
        ),
    ]
