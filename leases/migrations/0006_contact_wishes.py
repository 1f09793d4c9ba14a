import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0005_names_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="contact_channel",
            field=models.CharField(
                blank=True,
                choices=[("email", "Email"), ("phone", "Phone"), ("letter", "Letter")],
                db_default="",
                default="",
                max_length=6,
                verbose_name="preferred channel",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="no_calls",
            field=models.BooleanField(db_default=False, default=False, verbose_name="no calls"),
        ),
        migrations.AddField(
            model_name="customer",
            name="not_at_work",
            field=models.BooleanField(db_default=False, default=False, verbose_name="not at work"),
        ),
        migrations.AddField(
            model_name="customer",
            name="phone_at_work",
            field=models.BooleanField(db_default=False, default=False, verbose_name="work number"),
        ),
        migrations.CreateModel(
            name="ContactWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no_calls", models.BooleanField(verbose_name="no calls")),
                ("not_at_work", models.BooleanField(verbose_name="not at work")),
                ("phone_at_work", models.BooleanField(verbose_name="work number")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("email", "Email"), ("phone", "Phone"), ("letter", "Letter")],
                        max_length=6,
                        verbose_name="preferred channel",
                    ),
                ),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mon", "Monday"),
                                ("tue", "Tuesday"),
                                ("wed", "Wednesday"),
                                ("thu", "Thursday"),
                                ("fri", "Friday"),
                                ("sat", "Saturday"),
                                ("sun", "Sunday"),
                            ],
                            max_length=3,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("start", models.TimeField(blank=True, null=True)),
                ("end", models.TimeField(blank=True, null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("call", "said on a call"),
                            ("written", "in writing"),
                            ("portal", "chosen in the portal"),
                            ("staff", "entered by our team"),
                        ],
                        max_length=8,
                        verbose_name="how we know",
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(blank=True, max_length=120, verbose_name="who asked"),
                ),
                ("said_in", models.CharField(blank=True, max_length=12, verbose_name="said in")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "by",
                    models.ForeignKey(
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
                        related_name="contact_wishes",
                        to="leases.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact wish",
                "verbose_name_plural": "contact wishes",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["customer", "-at", "-id"], name="contact_wish_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["", "email", "phone", "letter"]),
                            ("source__in", ["call", "written", "portal", "staff"]),
                        ),
                        name="contact_wish_codes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end__isnull", True), ("start__isnull", True)),
                            models.Q(
                                ("end__isnull", False),
                                ("start__isnull", False),
                                ("start__lt", models.F("end")),
                            ),
                            _connector="OR",
                        ),
                        name="contact_wish_hours_are_a_window",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactwish",
            trigger=pgtrigger.compiler.Trigger(
                name="contact_wish_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="721cdfaca0631df00d0e5c5ecfdf778f304fd9f6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_contact_wish_append_only_8578e",
                    table="leases_contactwish",
                    when="BEFORE",
                ),
            ),
        ),
    ]
