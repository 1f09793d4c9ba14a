"""What a call that isn't a case is found by, kept by the database. Its table is new and empty:
0055 fills it.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What is known of whoever called: typed, of the customer of the lease, told by the telephone system.
KEY = """
    CREATE FUNCTION puente_call_key(said public.cases_calldraft) RETURNS TABLE (
        customer_id bigint, names text, phones text, emails text
    ) LANGUAGE sql STABLE AS $$
        SELECT person.id,
            public.puente_name_key(concat_ws(
                ' ', said.typed ->> 'contact_name', said.typed ->> 'contract', person.name
            )),
            ';' || regexp_replace(concat_ws(
                ';', said.typed ->> 'contact_phone', said.typed ->> 'contract', told.number,
                person.phone
            ), '[^0-9;]', '', 'g') || ';',
            ' ' || regexp_replace(lower(concat_ws(
                ' ', said.typed ->> 'contact_email', said.typed ->> 'contract', person.email
            )), '[<>,;()"'']', ' ', 'g')
        FROM (SELECT) AS one
        LEFT JOIN public.leases_lease AS about ON about.id = COALESCE(
            (SELECT id FROM public.leases_lease WHERE account_number = said.typed ->> 'lease'),
            said.lease_id
        )
        LEFT JOIN public.leases_customer AS person ON person.id = about.customer_id
        LEFT JOIN public.telephone_phonecall AS told ON told.id = said.phone_call_id
    $$
"""
# Customers are of a room below this one: the database alone tells their calls of a change.
OF_CUSTOMER = """
    CREATE FUNCTION puente_keys_of_customer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE public.cases_callkey AS known
        SET names = said.names, phones = said.phones, emails = said.emails
        FROM public.cases_calldraft AS draft, LATERAL public.puente_call_key(draft) AS said
        WHERE known.customer_id = NEW.id AND draft.id = known.draft_id;
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER call_keys AFTER UPDATE OF name, phone, email ON leases_customer FOR EACH ROW
    WHEN (
        (OLD.name, OLD.phone, OLD.email) IS DISTINCT FROM (NEW.name, NEW.phone, NEW.email)
    ) EXECUTE FUNCTION puente_keys_of_customer()
"""
# By all that's given: words that begin one of a name, the end of a phone number, the beginning of an
# email. PostgreSQL can't tell how many calls that is and would rather look through the newest.
CALLED = r"""
    CREATE FUNCTION puente_called(words text[], phone text, email text) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE ROWS 20 SET enable_seqscan = off AS $$
    DECLARE
        word text;
        asked text := '';
    BEGIN
        FOREACH word IN ARRAY words LOOP
            asked := asked || format(' AND names LIKE %L', '% ' || CASE lower(word)
                WHEN 'ma' THEN 'ma' ELSE public.puente_name_words(word) END || '%');
        END LOOP;
        IF phone <> '' THEN
            asked := asked || format(' AND phones LIKE %L', '%' || phone || ';%');
        END IF;
        IF email <> '' THEN
            email := regexp_replace(email, '([\\%_])', '\\\1', 'g');
            asked := asked || format(' AND emails LIKE %L', '%' || email || '%');
        END IF;
        RETURN QUERY EXECUTE 'SELECT draft_id FROM public.cases_callkey WHERE true' || asked;
    END
    $$
"""
NOT_OF_CUSTOMER = """
    DROP TRIGGER call_keys ON leases_customer;
    DROP FUNCTION puente_keys_of_customer()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0053_confirmed_addresses"),
        ("leases", "0017_refunds_checked"),
        ("telephone", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(KEY, "DROP FUNCTION puente_call_key(cases_calldraft)"),
        migrations.CreateModel(
            name="CallKey",
            fields=[
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="found_by",
                        serialize=False,
                        to="cases.calldraft",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="leases.customer",
                    ),
                ),
                ("names", models.TextField()),
                ("phones", models.TextField()),
                ("emails", models.TextField()),
            ],
            options={
                "verbose_name": "call’s search terms",
                "verbose_name_plural": "calls’ search terms",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("names", "gin_trgm_ops"),
                        django.contrib.postgres.indexes.OpClass("phones", "gin_trgm_ops"),
                        django.contrib.postgres.indexes.OpClass("emails", "gin_trgm_ops"),
                        name="call_key_words",
                    ),
                    models.Index(
                        condition=models.Q(("customer__isnull", False)),
                        fields=["customer"],
                        name="call_key_of_customer",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calldraft",
            trigger=pgtrigger.compiler.Trigger(
                name="call_keys",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.case_id IS NOT NULL THEN\n            DELETE FROM cases_callkey WHERE draft_id = NEW.id;\n            RETURN NULL;\n        END IF;\n        INSERT INTO cases_callkey AS known (draft_id, customer_id, names, phones, emails)\n        SELECT NEW.id, customer_id, names, phones, emails FROM public.puente_call_key(NEW)\n        ON CONFLICT (draft_id) DO UPDATE\n        SET (customer_id, names, phones, emails) = (excluded.customer_id, excluded.names, excluded.phones, excluded.emails)\n        WHERE (known.customer_id, known.names, known.phones, known.emails) IS DISTINCT FROM\n            (excluded.customer_id, excluded.names, excluded.phones, excluded.emails);\n        RETURN NULL;\n    ",
                    hash="fb9321aaf20b1beb0090f9ecf4f1dbb29811af48",
                    operation='INSERT OR UPDATE OF "typed", "lease_id", "case_id", "phone_call_id"',
                    pgid="pgtrigger_call_keys_f2911",
                    table="cases_calldraft",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(OF_CUSTOMER, NOT_OF_CUSTOMER),
        migrations.RunSQL(CALLED, "DROP FUNCTION puente_called(text[], text, text)"),
    ]
