"""Refunds of disputed transactions, and payments received that can be disputed."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# Going back, what was refunded is said to be corrected: the older code has no word for it.
BACK = """
    ALTER TABLE leases_disputedcharge DISABLE TRIGGER USER;
    UPDATE leases_disputedcharge
    SET decision = 'rejected', reason = 'corrected', correction_id = NULL
    WHERE decision = 'refund';
    ALTER TABLE leases_disputedcharge ENABLE TRIGGER USER
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0015_past_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="disputedcharge",
            name="disputed_charge_of_its_lease",
        ),
        migrations.RemoveConstraint(
            model_name="disputedcharge",
            name="disputed_charge_decided_by_somebody",
        ),
        migrations.RemoveConstraint(
            model_name="disputedcharge",
            name="disputed_charge_upheld_is_corrected",
        ),
        migrations.AlterField(
            model_name="disputedcharge",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("upheld", "Taken off"),
                    ("refund", "Refund owed"),
                    ("rejected", "Stays"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="",
                max_length=9,
                verbose_name="decision",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        pgtrigger.migrations.AddTrigger(
            model_name="disputedcharge",
            trigger=pgtrigger.compiler.Trigger(
                name="disputed_charge_of_its_lease",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM leases_ledgerentry AS entry\n                        WHERE id = NEW.entry_id AND lease_id = NEW.lease_id AND (\n                            amount >= NEW.amount\n                            OR kind = 'payment' AND NEW.amount <= -(\n                                SELECT sum(line.amount) FROM leases_ledgerentry AS line\n                                WHERE line.lease_id = entry.lease_id AND line.batch = entry.batch\n                            )\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'disputed charge: not a charge of its lease'\n                            USING ERRCODE = '23514';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="58b879793a4a5ab8efc4d0290ad7e294070e784b",
                    operation="INSERT",
                    pgid="pgtrigger_disputed_charge_of_its_lease_55bce",
                    table="leases_disputedcharge",
                    when="BEFORE",
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="disputedcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")
                    ),
                    models.Q(
                        ("decided_at__gte", models.F("at")),
                        ("decided_by__isnull", False),
                        ("decision__in", ["upheld", "refund", "rejected", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="disputed_charge_decided_by_somebody",
            ),
        ),
        AddConstraintNotValid(
            model_name="disputedcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("correction__isnull", False),
                        ("decision", "upheld"),
                        ("taken_off__gt", 0),
                        ("taken_off__lte", models.F("amount")),
                    ),
                    models.Q(("decision", "refund"), ("taken_off__isnull", True)),
                    models.Q(
                        models.Q(("decision__in", ["upheld", "refund"]), _negated=True),
                        ("correction__isnull", True),
                        ("taken_off__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="disputed_charge_upheld_is_corrected",
            ),
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount"),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cash", "Cash"),
                            ("card", "Card"),
                            ("bank", "Bank account"),
                            ("check", "Check or money order"),
                            ("other", "Other"),
                        ],
                        max_length=8,
                        verbose_name="how it’s paid",
                    ),
                ),
                ("expected_on", models.DateField(verbose_name="expected by")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=80, verbose_name="reference"),
                ),
                (
                    "paid_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="payment recorded"),
                ),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "ordering": ["expected_on", "id"],
            },
        ),
        migrations.AddField(
            model_name="refund",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="charge",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refund",
                to="leases.disputedcharge",
                verbose_name="disputed transaction",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="lease",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refunds",
                to="leases.lease",
                verbose_name="lease",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="paid_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="payment recorded by",
            ),
        ),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(fields=["lease", "id"], name="refund_of_lease"),
        ),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(
                condition=models.Q(("paid_on__isnull", True)),
                fields=["expected_on", "lease"],
                name="refund_unpaid",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="refund_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paid_at__isnull", True),
                        ("paid_by__isnull", True),
                        ("paid_on__isnull", True),
                        ("reference", ""),
                    ),
                    models.Q(
                        ("paid_at__isnull", False),
                        ("paid_by__isnull", False),
                        ("paid_on__isnull", False),
                        ("reference__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="refund_paid_with_proof",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="refund_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c73e0b5fab6a5c2f80b9e004ebc83c5dd8abde49",
                    operation="DELETE",
                    pgid="pgtrigger_refund_never_deleted_9153a",
                    table="leases_refund",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="refund_paid_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."paid_on" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="40310b445a15589af64d22cc5d749d04ad212585",
                    operation="UPDATE",
                    pgid="pgtrigger_refund_paid_once_1f26c",
                    table="leases_refund",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="refund_stays_as_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lease_id" IS DISTINCT FROM (NEW."lease_id") OR OLD."charge_id" IS DISTINCT FROM (NEW."charge_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."expected_on" IS DISTINCT FROM (NEW."expected_on") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1fbb343eb0c33c312a7a9a1255c0bbf3310398f4",
                    operation="UPDATE",
                    pgid="pgtrigger_refund_stays_as_told_5deaa",
                    table="leases_refund",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="refund_of_its_charge",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM leases_disputedcharge\n                        WHERE id = NEW.charge_id AND lease_id = NEW.lease_id\n                            AND decision = 'refund' AND amount >= NEW.amount\n                    ) THEN\n                        RAISE EXCEPTION 'refund: not decided for a charge of its lease'\n                            USING ERRCODE = '23514';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="de55b3822ff5fadd7242c69ca9b4f97799840e89",
                    operation="INSERT",
                    pgid="pgtrigger_refund_of_its_charge_848f5",
                    table="leases_refund",
                    when="BEFORE",
                ),
            ),
        ),
    ]
