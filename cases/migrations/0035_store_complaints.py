"""Which store a complaint about the sale is held against."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def hold(apps: Any, schema_editor: Any) -> None:
    """Complaints there are count against their lease's store, or the one named since."""
    case, complaint, answer = (
        apps.get_model("cases", name) for name in ("Case", "StoreComplaint", "CaseAnswer")
    )
    of_kind = case.objects.filter(kind="sale_complaint")
    stores = dict(of_kind.exclude(lease=None).values_list("pk", "lease__store"))
    named = answer.objects.filter(case__in=of_kind, question="sale_store").order_by("pk")
    stores |= dict(named.exclude(store=None).values_list("case", "store"))
    days = dict(of_kind.values_list("pk", "opened_at"))
    complaint.objects.bulk_create(
        (complaint(case_id=pk, store_id=store, at=days[pk]) for pk, store in stores.items()),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0034_deadlines"),
        ("leases", "0013_data_request_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoreComplaint",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="complaint",
                        serialize=False,
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "store",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="leases.store",
                        verbose_name="store",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint about a sale",
                "verbose_name_plural": "complaints about sales",
                "ordering": ["-at", "-case"],
                "indexes": [
                    models.Index(fields=["at", "store"], name="complaint_by_day"),
                    models.Index(fields=["store", "-at", "-case"], name="complaint_of_store"),
                ],
            },
        ),
        # Whatever waits for the end of the transaction would keep tables from being altered.
        migrations.RunSQL(migrations.RunSQL.noop, "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RunPython(hold, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]
