"""Which cases people take."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0065_reasons_requested"),
    ]

    operations = [
        migrations.CreateModel(
            name="TakePreference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("en", "English"), ("es", "Spanish")], max_length=2
                        ),
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="reasons",
                    ),
                ),
            ],
            options={
                "verbose_name": "cases someone takes",
                "verbose_name_plural": "cases people take",
            },
        ),
        migrations.AddConstraint(
            model_name="takepreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("languages__len__gte", 1)), name="take_some_language"
            ),
        ),
    ]
