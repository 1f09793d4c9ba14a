"""Details of a customer that are corrected during a call, before it has a case."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0045_refund_paid_checked"),
        ("leases", "0013_data_request_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("details", models.JSONField()),
                ("at", models.DateTimeField(verbose_name="date and time")),
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
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.customer",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.calldraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction during a call",
                "verbose_name_plural": "corrections during calls",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("details", []), _negated=True),
                        name="call_correction_changes_something",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="callcorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="call_correction_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="702b15919ce965279d7f2c2c7280e0cc210d4b6a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_call_correction_append_only_bd649",
                    table="cases_callcorrection",
                    when="BEFORE",
                ),
            ),
        ),
    ]
