"""A duplicate becomes part of another case, which closes it."""

from typing import Any

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.core.management import CommandError
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
    ("refund_paid", "Refund paid"),
    ("merged", "Cases merged"),
    ("merge_undone", "Merge undone"),
]
NEW = 2  # the last ones


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


def refuse(apps: Any, schema_editor: Any) -> None:
    """Before, nothing said where a duplicate goes on."""
    merges = apps.get_model("cases", "CaseMerge").objects.filter(undone_at=None)
    cases = ", ".join(merges.order_by("case__number").values_list("case__number", flat=True))
    if cases:
        raise CommandError(
            f"These cases are part of others, and the version before couldn’t say so: {cases}. "
            "Before you go back, undo the merges."
        )


def _nothing(apps: Any, schema_editor: Any) -> None:
    pass


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0057_attorneys_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="cases.case",
                        verbose_name="duplicate",
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="cases.case",
                        verbose_name="case that goes on",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(verbose_name="duplicate’s due date"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "undone_by",
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
                "verbose_name": "merge of cases",
                "verbose_name_plural": "merges of cases",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=["into"],
                        name="case_merge_into",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("case",),
                        name="case_merge_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case", models.F("into")), _negated=True),
                        name="case_merge_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(
                                ("undone_at__gte", models.F("at")), ("undone_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="case_merge_undone_by_somebody",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casemerge",
            trigger=pgtrigger.compiler.Trigger(
                name="case_merge_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="31f561b8761fa527ef8db44133754e2f95209055",
                    operation="DELETE",
                    pgid="pgtrigger_case_merge_never_deleted_a36df",
                    table="cases_casemerge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casemerge",
            trigger=pgtrigger.compiler.Trigger(
                name="case_merge_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."into_id" IS DISTINCT FROM (NEW."into_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7fb6e55f8370b4292aa5ff6af832b2047cbee02f",
                    operation="UPDATE",
                    pgid="pgtrigger_case_merge_stays_7d0e9",
                    table="cases_casemerge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casemerge",
            trigger=pgtrigger.compiler.Trigger(
                name="case_merge_undone_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."undone_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3554a1f61a581c24345ae16a79b5ded3244287c2",
                    operation="UPDATE",
                    pgid="pgtrigger_case_merge_undone_once_156ae",
                    table="cases_casemerge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.RemoveTrigger(model_name="case", name="case_status_table"),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_status_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{open:closed,open:escalated,open:in_progress,open:resolved,open:waiting_customer,open:waiting_store,in_progress:closed,in_progress:escalated,in_progress:resolved,in_progress:waiting_customer,in_progress:waiting_store,waiting_customer:closed,waiting_customer:escalated,waiting_customer:in_progress,waiting_customer:resolved,waiting_customer:waiting_store,waiting_store:closed,waiting_store:escalated,waiting_store:in_progress,waiting_store:resolved,waiting_store:waiting_customer,escalated:in_progress,escalated:resolved,escalated:waiting_customer,escalated:waiting_store,resolved:closed,resolved:in_progress,closed:in_progress}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="72c332574d0b5e76c8e09fd04a1a77abe2dbaa49",
                    operation="UPDATE",
                    pgid="pgtrigger_case_status_table_9bd32",
                    table="cases_case",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(blank=True, choices=EVENTS, max_length=20, verbose_name="event"),
        ),
        _events_known(),
        migrations.RunPython(_nothing, refuse),
    ]
