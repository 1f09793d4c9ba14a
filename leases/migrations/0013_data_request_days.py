"""How many days a state gives to answer a request for personal data."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0012_beginnings"),
    ]

    operations = [
        migrations.AddField(
            model_name="staterule",
            name="data_request_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Leave blank for 45 days.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(120),
                ],
                verbose_name="days to answer a request for personal data",
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("data_request_days", None),
                    ("data_request_days__range", (1, 120)),
                    _connector="OR",
                ),
                name="state_rule_data_days_in_range",
            ),
        ),
    ]
