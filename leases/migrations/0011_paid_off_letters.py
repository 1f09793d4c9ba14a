"""Letters that a lease is paid off; an index that no query needs goes."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0010_identity_blocks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaidOffLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="paid off on")),
                (
                    "received",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="payments received"
                    ),
                ),
                ("is_purchase", models.BooleanField(verbose_name="early purchase")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "voided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="void since"),
                ),
            ],
            options={
                "verbose_name": "paid-off letter",
                "verbose_name_plural": "paid-off letters",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.RemoveIndex(
            model_name="disputedcharge",
            name="disputed_charge_open",
        ),
        migrations.AddField(
            model_name="paidoffletter",
            name="lease",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paid_off_letters",
                to="leases.lease",
                verbose_name="lease",
            ),
        ),
        migrations.AddConstraint(
            model_name="paidoffletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("lease",),
                name="paid_off_letter_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paidoffletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voided_at__isnull", True), ("voided_at__gte", models.F("at")), _connector="OR"
                ),
                name="paid_off_letter_void_later",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paidoffletter",
            trigger=pgtrigger.compiler.Trigger(
                name="paid_off_letter_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4cbc8720d07c79ad9037ce1491489c23300b7ff3",
                    operation="DELETE",
                    pgid="pgtrigger_paid_off_letter_never_deleted_f367a",
                    table="leases_paidoffletter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paidoffletter",
            trigger=pgtrigger.compiler.Trigger(
                name="paid_off_letter_stays_as_given",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lease_id" IS DISTINCT FROM (NEW."lease_id") OR OLD."paid_on" IS DISTINCT FROM (NEW."paid_on") OR OLD."received" IS DISTINCT FROM (NEW."received") OR OLD."is_purchase" IS DISTINCT FROM (NEW."is_purchase") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5644973ba9eaa5569bf7108662a9ea269ac374d8",
                    operation="UPDATE",
                    pgid="pgtrigger_paid_off_letter_stays_as_given_9b808",
                    table="leases_paidoffletter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paidoffletter",
            trigger=pgtrigger.compiler.Trigger(
                name="paid_off_letter_void_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."voided_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="515f32a031f5c10208f93448646a815d790bda1b",
                    operation="UPDATE",
                    pgid="pgtrigger_paid_off_letter_void_once_63b9a",
                    table="leases_paidoffletter",
                    when="BEFORE",
                ),
            ),
        ),
    ]
