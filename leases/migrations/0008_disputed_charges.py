"""Transactions that customers dispute, and whether late fees wait for the decision."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0007_ssn_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="program",
            name="pause_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Leave blank to pause until the charge is decided.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="longest pause in days",
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="pauses_fees",
            field=models.BooleanField(
                db_default=True,
                default=True,
                verbose_name="no late fees while a charge is under review",
            ),
        ),
        migrations.CreateModel(
            name="DisputedCharge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="disputed amount"
                    ),
                ),
                ("pauses_fees", models.BooleanField(verbose_name="late fees wait")),
                (
                    "pause_until",
                    models.DateField(blank=True, null=True, verbose_name="late fees wait until"),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Taken off"),
                            ("rejected", "Stays"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="decision",
                    ),
                ),
                (
                    "taken_off",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="taken off",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("as_agreed", "It’s in the lease agreement"),
                            ("paid_late", "The payment came late"),
                            ("returned", "The bank returned the payment"),
                            ("corrected", "It was corrected before"),
                            ("no_error", "Nothing shows an error"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="reason",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "correction",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settles",
                        to="leases.ledgerentry",
                        verbose_name="correction",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="leases.ledgerentry",
                        verbose_name="transaction",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputed_charges",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "disputed transaction",
                "verbose_name_plural": "disputed transactions",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["lease", "id"], name="disputed_charge_of_lease"),
                    models.Index(
                        condition=models.Q(("decision", "")),
                        fields=["at", "id"],
                        name="disputed_charge_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "")),
                        fields=("entry",),
                        name="disputed_charge_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="disputed_charge_of_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pauses_fees", True), ("pause_until__isnull", True), _connector="OR"
                        ),
                        name="disputed_charge_pause_ends_if_begun",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                            ),
                            models.Q(
                                ("decided_at__gte", models.F("at")),
                                ("decided_by__isnull", False),
                                ("decision__in", ["upheld", "rejected", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="disputed_charge_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("correction__isnull", False),
                                ("decision", "upheld"),
                                ("taken_off__gt", 0),
                                ("taken_off__lte", models.F("amount")),
                            ),
                            models.Q(
                                models.Q(("decision", "upheld"), _negated=True),
                                ("correction__isnull", True),
                                ("taken_off__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="disputed_charge_upheld_is_corrected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decision", "rejected"),
                                (
                                    "reason__in",
                                    ["as_agreed", "paid_late", "returned", "corrected", "no_error"],
                                ),
                            ),
                            models.Q(
                                models.Q(("decision", "rejected"), _negated=True), ("reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="disputed_charge_stays_for_a_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputedcharge",
            trigger=pgtrigger.compiler.Trigger(
                name="disputed_charge_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="f388acf772fd0c505a97be591fe66160982b04bd",
                    operation="DELETE",
                    pgid="pgtrigger_disputed_charge_never_deleted_f795e",
                    table="leases_disputedcharge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputedcharge",
            trigger=pgtrigger.compiler.Trigger(
                name="disputed_charge_decided_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"decision\" = ''))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="af5282cd1a9407dfbaabe56cbcea9cc8455ed56d",
                    operation="UPDATE",
                    pgid="pgtrigger_disputed_charge_decided_once_bd0e6",
                    table="leases_disputedcharge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputedcharge",
            trigger=pgtrigger.compiler.Trigger(
                name="disputed_charge_stays_as_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lease_id" IS DISTINCT FROM (NEW."lease_id") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."pauses_fees" IS DISTINCT FROM (NEW."pauses_fees") OR OLD."pause_until" IS DISTINCT FROM (NEW."pause_until") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="21b13561301959b417665b1e73785db7d4d4ea85",
                    operation="UPDATE",
                    pgid="pgtrigger_disputed_charge_stays_as_told_7c152",
                    table="leases_disputedcharge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputedcharge",
            trigger=pgtrigger.compiler.Trigger(
                name="disputed_charge_of_its_lease",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM leases_ledgerentry\n                        WHERE id = NEW.entry_id AND lease_id = NEW.lease_id AND amount >= NEW.amount\n                    ) THEN\n                        RAISE EXCEPTION 'disputed charge: not a charge of its lease'\n                            USING ERRCODE = '23514';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="3c1b5827045b61800a41c3d213a76aa7ee58a820",
                    operation="INSERT",
                    pgid="pgtrigger_disputed_charge_of_its_lease_55bce",
                    table="leases_disputedcharge",
                    when="BEFORE",
                ),
            ),
        ),
    ]
