"""Identities whose new applications are not taken, and the applications that were not."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import leases.models.names


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0009_autopay_revoked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=leases.models.names.NameKey("name"),
                        output_field=models.TextField(),
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="E.164", max_length=16, verbose_name="phone"
                    ),
                ),
                ("said_in", models.CharField(blank=True, max_length=12, verbose_name="said in")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                (
                    "lift_reason",
                    models.TextField(blank=True, verbose_name="reason for removing it"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identity_blocks",
                        to="leases.customer",
                        verbose_name="customer",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="removed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "block on new applications",
                "verbose_name_plural": "blocks on new applications",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="BlockedApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matched",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("person", "customer"),
                                ("email", "email"),
                                ("phone", "phone"),
                                ("ssn", "name and last 4 of the SSN"),
                            ],
                            max_length=8,
                        ),
                        size=None,
                        verbose_name="matched",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "store",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.store",
                        verbose_name="store",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="leases.identityblock",
                        verbose_name="block on new applications",
                    ),
                ),
            ],
            options={
                "verbose_name": "blocked application",
                "verbose_name_plural": "blocked applications",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddIndex(
            model_name="identityblock",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["email"],
                name="identity_block_email",
            ),
        ),
        migrations.AddIndex(
            model_name="identityblock",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["phone"],
                name="identity_block_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="identityblock",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["name_key"],
                name="identity_block_name",
            ),
        ),
        migrations.AddIndex(
            model_name="identityblock",
            index=models.Index(fields=["customer", "-at", "-id"], name="identity_block_person"),
        ),
        migrations.AddIndex(
            model_name="identityblock",
            index=models.Index(fields=["said_in"], name="identity_block_case"),
        ),
        migrations.AddConstraint(
            model_name="identityblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("customer__isnull", False),
                    models.Q(("email", ""), _negated=True),
                    models.Q(("phone", ""), _negated=True),
                    _connector="OR",
                ),
                name="identity_block_knows_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lift_reason", ""),
                        ("lifted_at__isnull", True),
                        ("lifted_by__isnull", True),
                    ),
                    models.Q(
                        ("lifted_at__gte", models.F("at")),
                        ("lifted_by__isnull", False),
                        models.Q(("lift_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="identity_block_lifted_for_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityblock",
            trigger=pgtrigger.compiler.Trigger(
                name="identity_block_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="345cd68240a873174171aec04704bb21bf5b26e7",
                    operation="DELETE",
                    pgid="pgtrigger_identity_block_never_deleted_e3489",
                    table="leases_identityblock",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityblock",
            trigger=pgtrigger.compiler.Trigger(
                name="identity_block_lifted_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lifted_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9743c8e1efb942faf6fdcae2c455cee7cca21c36",
                    operation="UPDATE",
                    pgid="pgtrigger_identity_block_lifted_once_14cec",
                    table="leases_identityblock",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityblock",
            trigger=pgtrigger.compiler.Trigger(
                name="identity_block_stays_as_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."lease_id" IS DISTINCT FROM (NEW."lease_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."said_in" IS DISTINCT FROM (NEW."said_in") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f2ca943104932ca9abade9c74f2fefcc2a528b14",
                    operation="UPDATE",
                    pgid="pgtrigger_identity_block_stays_as_told_7cf23",
                    table="leases_identityblock",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="blockedapplication",
            index=models.Index(fields=["block", "-at", "-id"], name="blocked_application_of"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="blockedapplication",
            trigger=pgtrigger.compiler.Trigger(
                name="blocked_application_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ff8ccc7f7fa22555905b79d55a61e4c53287d917",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_blocked_application_append_only_be88c",
                    table="leases_blockedapplication",
                    when="BEFORE",
                ),
            ),
        ),
    ]
