"""Any number of windows of one form keep their texts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_draft_windows")]

    operations = [
        migrations.CreateModel(
            name="DraftWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=40)),
                ("typed", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="windows",
                        to="accounts.draft",
                    ),
                ),
            ],
            options={
                "verbose_name": "window of a draft",
                "verbose_name_plural": "windows of a draft",
                "indexes": [models.Index(fields=["saved_at"], name="draft_window_old")],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "token"), name="draft_window_once")
                ],
            },
        ),
    ]
