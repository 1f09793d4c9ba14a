"""Customers, merchants, stores and programs by name as people look for them."""

from django.db import migrations, models

import common.sort_keys


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_in_order"),  # the function
        ("leases", "0004_lease_mails"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="apikey",
            options={
                "ordering": ["merchant__name_sort", "-created_at"],
                "verbose_name": "API key",
                "verbose_name_plural": "API keys",
            },
        ),
        migrations.AlterModelOptions(
            name="merchant",
            options={
                "ordering": ["name_sort"],
                "verbose_name": "partner merchant",
                "verbose_name_plural": "partner merchants",
            },
        ),
        migrations.AlterModelOptions(
            name="program",
            options={
                "ordering": ["merchant__name_sort", "code"],
                "verbose_name": "program",
                "verbose_name_plural": "programs",
            },
        ),
        migrations.AlterModelOptions(
            name="store",
            options={
                "ordering": ["merchant__name_sort", "name_sort"],
                "verbose_name": "store",
                "verbose_name_plural": "stores",
            },
        ),
        migrations.AlterModelOptions(
            name="webhookendpoint",
            options={
                "ordering": ["merchant__name_sort", "id"],
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
            },
        ),
        migrations.AddField(
            model_name="customer",
            name="name_sort",
            field=models.GeneratedField(
                db_persist=True,
                expression=common.sort_keys.SortKey("name"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="merchant",
            name="name_sort",
            field=models.GeneratedField(
                db_persist=True,
                expression=common.sort_keys.SortKey("name"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="name_sort_en",
            field=models.GeneratedField(
                db_persist=True,
                expression=common.sort_keys.SortKey("name_en"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="name_sort_es",
            field=models.GeneratedField(
                db_persist=True,
                expression=common.sort_keys.SortKey("name_es"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="store",
            name="name_sort",
            field=models.GeneratedField(
                db_persist=True,
                expression=common.sort_keys.SortKey("name"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(fields=["name_sort", "-id"], name="customer_by_name"),
        ),
    ]
