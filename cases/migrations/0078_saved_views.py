"""Views of the queue that people keep under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.sort_keys


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0077_denied_in_one_word"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "name_sort",
                    models.GeneratedField(
                        db_persist=True,
                        expression=common.sort_keys.SortKey("name"),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                ("view", models.CharField(max_length=16, verbose_name="view")),
                ("filters", models.JSONField(verbose_name="filters")),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="shared with the team"),
                ),
                ("created_at", models.DateTimeField(verbose_name="saved")),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted")),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["is_shared", "name_sort", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True), ("is_shared", False)),
                        fields=("owner", "name_sort"),
                        name="saved_view_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True), ("is_shared", True)),
                        fields=("name_sort",),
                        name="shared_view_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deleted_at__isnull", True), ("deleted_by__isnull", True)),
                            models.Q(("deleted_at__isnull", False), ("deleted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="saved_view_deleted_by_someone",
                    ),
                ],
            },
        ),
    ]
