"""What callers were asked to show who they are, and whether it was right."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_search"),
        ("leases", "0007_ssn_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name", "full name"),
                                ("phone", "phone"),
                                ("email", "email"),
                                ("account", "account number"),
                                ("store", "store"),
                                ("item", "item"),
                                ("ssn", "last 4 of the SSN"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                ("passed", models.BooleanField()),
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="cases.case",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="cases.calldraft",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="leases.lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "verification",
                "verbose_name_plural": "verifications",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["lease", "-at"], name="verification_of_lease")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("draft__isnull", False), ("case__isnull", False), _connector="OR"
                        ),
                        name="verification_in_a_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "factors__contained_by",
                                ["name", "phone", "email", "account", "store", "item", "ssn"],
                            ),
                            models.Q(("factors", []), _negated=True),
                        ),
                        name="verification_factors_known",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verification",
            trigger=pgtrigger.compiler.Trigger(
                name="verification_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5cd0da2aef59914d308acdb88a6da1c809dc496b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_verification_append_only_d6044",
                    table="cases_verification",
                    when="BEFORE",
                ),
            ),
        ),
    ]
