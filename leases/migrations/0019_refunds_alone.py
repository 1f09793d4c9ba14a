"""Refunds that no disputed transaction brought, posted to the ledger when they’re paid."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# Going back, the older code has no refund without its transaction. What was paid stays on the ledger,
# and that it was promised and paid stays in its case.
BACK = """
    ALTER TABLE leases_refund DISABLE TRIGGER USER;
    DELETE FROM leases_refund WHERE charge_id IS NULL;
    ALTER TABLE leases_refund ENABLE TRIGGER USER
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0018_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="refund",
            name="refund_paid_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="refund",
            name="refund_of_its_charge",
        ),
        migrations.RemoveConstraint(
            model_name="refund",
            name="refund_paid_with_proof",
        ),
        migrations.RemoveIndex(
            model_name="refund",
            name="refund_unpaid",
        ),
        migrations.AddField(
            model_name="refund",
            name="posting",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refund",
                to="leases.ledgerentry",
                verbose_name="transaction",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
        ),
        migrations.AddField(
            model_name="refund",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="withdrawn by",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="withdrawn_why",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="why it was withdrawn",
            ),
        ),
        migrations.AlterField(
            model_name="refund",
            name="charge",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refund",
                to="leases.disputedcharge",
                verbose_name="disputed transaction",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(
                condition=models.Q(("paid_on__isnull", True), ("withdrawn_at__isnull", True)),
                fields=["expected_on", "id"],
                name="refund_unpaid",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="refund_paid_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."paid_on" IS NOT NULL OR OLD."withdrawn_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="968184d607fd0612a2ee3f84360f48b127908832",
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
                name="refund_of_its_charge",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.charge_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM leases_disputedcharge\n                        WHERE id = NEW.charge_id AND lease_id = NEW.lease_id\n                            AND decision = 'refund' AND amount >= NEW.amount\n                    ) THEN\n                        RAISE EXCEPTION 'refund: not decided for a charge of its lease'\n                            USING ERRCODE = '23514';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="958c7a4091f516fed934c210e127663c38650b95",
                    operation="INSERT",
                    pgid="pgtrigger_refund_of_its_charge_848f5",
                    table="leases_refund",
                    when="BEFORE",
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paid_at__isnull", True),
                        ("paid_by__isnull", True),
                        ("paid_on__isnull", True),
                        ("posting__isnull", True),
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
        AddConstraintNotValid(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                        ("withdrawn_why", ""),
                    ),
                    models.Q(
                        ("charge__isnull", True),
                        ("paid_on__isnull", True),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        ("withdrawn_why__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="refund_withdrawn_for_a_reason",
            ),
        ),
    ]
