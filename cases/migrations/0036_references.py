"""References that customers read to us from an email or a letter; they can be found."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

EVENTS = [
    ("opened", "Case opened"),
    ("status_changed", "Status changed"),
    ("due_changed", "Next step date changed"),
    ("assigned", "Assigned"),
    ("escalated", "Escalated"),
    ("follow_up_set", "Follow-up scheduled"),
    ("follow_up_cancelled", "Follow-up canceled"),
    ("follow_up_sent", "Follow-up sent"),
    ("plan_agreed", "Plan agreed on"),
    ("plan_cancelled", "Plan canceled"),
    ("follow_up_moved", "Follow-up moved"),
    ("follow_up_done", "Follow-up completed"),
    ("evidence_requested", "Proof requested"),
    ("evidence_settled", "Proof request closed"),
    ("evidence_tied", "File matched to a request"),
    ("evidence_unreadable", "Unreadable proof"),
    ("return_steps", "Return instructions sent"),
    ("promise_made", "Verbal agreement"),
    ("promise_acknowledged", "Verbal agreement confirmed by the customer"),
    ("promise_settled", "Verbal agreement closed"),
    ("outside_opened", "Outside deadline"),
    ("outside_answered", "Outside deadline answered"),
    ("mail_bounced", "Email bounced"),
    ("flagged", "Flag added"),
    ("flag_lifted", "Flag removed"),
    ("lease_attached", "Lease attached"),
    ("lease_detached", "Lease detached"),
    ("call_added", "Call added"),
    ("caller_named", "Caller"),
    ("caller_verified", "Verification"),
    ("contact_attempted", "Contact attempt"),
    ("wishes_changed", "Contact wishes changed"),
    ("answered", "Questions answered"),
    ("charges_disputed", "Transactions disputed"),
    ("charge_withdrawn", "Transaction no longer disputed"),
    ("charges_decided", "Disputed transactions decided"),
    ("autopay_revoked", "Authorization taken back"),
    ("identity_blocked", "New applications blocked"),
    ("identity_unblocked", "New applications allowed again"),
    ("outside_extended", "Outside deadline extended"),
    ("attempt_undone", "Contact attempt undone"),
    ("contact_corrected", "Contact details corrected"),
    ("reference_added", "Reference from the customer"),
    ("reference_removed", "Reference removed"),
]
NEW = 2  # the last ones

# As in 0013_search: what each table's row gives to a search.
SEARCHED = """
    CREATE FUNCTION puente_searched_quoted(said public.cases_casereference) RETURNS TABLE (
        what text, source text, case_id bigint, entry_id bigint, kind text, visibility text,
        language text, author_id bigint, at timestamptz, text text
    )
    LANGUAGE sql STABLE AS $$
        SELECT 'quoted', said.id::text, said.case_id, NULL::bigint, about.kind, 'internal',
            '', said.by_id, said.at, said.reference
        FROM public.cases_case AS about
        WHERE about.id = said.case_id AND said.removed_at IS NULL
    $$
"""


def _events_known() -> Any:
    """Going back, entries of the new events stay: history isn’t deleted."""
    table, name = "cases_entry", "entry_event_has_a_code"
    codes = [code for code, _label in EVENTS]
    earlier = ", ".join(f"'{each}'" for each in codes[:-NEW])
    condition = models.Q(event__in=codes, kind="event") | models.Q(
        ~models.Q(kind="event"), author__isnull=False, event=""
    )
    constraint = models.CheckConstraint(condition=condition, name=name)
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint("entry", name),
            migrations.AddConstraint("entry", constraint),
        ],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (kind = 'event'"
                f" AND event IN ({earlier}) OR kind <> 'event' AND author_id IS NOT NULL"
                " AND event = '') NOT VALID",
            ),
            AddConstraintNotValid("entry", constraint),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0035_store_complaints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseReference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="cases.case",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reference from the customer",
                "verbose_name_plural": "references from the customer",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"),
                        django.db.models.functions.text.Upper("reference"),
                        condition=models.Q(("removed_at__isnull", True)),
                        name="case_reference_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        name="case_reference_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(
                                ("removed_at__gte", models.F("at")), ("removed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="case_reference_removed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            SEARCHED, "DROP FUNCTION puente_searched_quoted(public.cases_casereference)"
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casereference",
            trigger=pgtrigger.compiler.Trigger(
                name="reference_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="59dfba180dbb7282f259993c664bec5b4a044cf7",
                    operation="DELETE",
                    pgid="pgtrigger_reference_kept_on_hold_ecbdd",
                    table="cases_casereference",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casereference",
            trigger=pgtrigger.compiler.Trigger(
                name="reference_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7de7037116b66a627787c1ca412a87d140387fd6",
                    operation="UPDATE",
                    pgid="pgtrigger_reference_stays_2efa7",
                    table="cases_casereference",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casereference",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_quoted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            DELETE FROM cases_searchdocument\n            WHERE what = 'quoted' AND source = COALESCE(NEW.id, OLD.id)::text;\n            INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n            SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_quoted(NEW)\n            ON CONFLICT (what, source) DO UPDATE\n            SET text = excluded.text, language = excluded.language, kind = excluded.kind;\n            RETURN NULL;\n        ",
                    hash="3a7f0b924c698d861be83e5acf50b6dcf2831075",
                    operation='INSERT OR UPDATE OF "removed_at" OR DELETE',
                    pgid="pgtrigger_searched_quoted_0237f",
                    table="cases_casereference",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(blank=True, choices=EVENTS, max_length=20, verbose_name="event"),
        ),
        _events_known(),
        migrations.RemoveConstraint("searchdocument", "search_document_known"),
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
                    ("mail", "Unmatched email"),
                    ("call", "Unfinished call"),
                ],
                max_length=11,
            ),
        ),
        # Going back, what was found by its reference isn’t any longer.
        migrations.RunSQL(
            migrations.RunSQL.noop, "DELETE FROM cases_searchdocument WHERE what = 'quoted'"
        ),
        AddConstraintNotValid(
            "searchdocument",
            models.CheckConstraint(
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
                            "mail",
                            "call",
                        ],
                    ),
                ),
                name="search_document_known",
            ),
        ),
    ]
