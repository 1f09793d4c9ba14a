"""Digests of the last four digits of an SSN, where an application asked for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0006_contact_wishes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SsnDigest",
            fields=[
                (
                    "lease",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ssn_digest",
                        serialize=False,
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=120)),
            ],
            options={
                "verbose_name": "digest of an SSN",
                "verbose_name_plural": "digests of SSNs",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^hmac:[^:]+:[A-Za-z0-9+/]{43}=$")),
                        name="ssn_digest_is_one",
                    )
                ],
            },
        ),
    ]
