"""An authorization is revoked; what was a contact wish is a contact preference."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0017_refunds_checked"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="contactwish",
            options={
                "ordering": ["-at", "-id"],
                "verbose_name": "contact preference",
                "verbose_name_plural": "contact preferences",
            },
        ),
        migrations.AlterField(
            model_name="autopayevent",
            name="revoked_on",
            field=models.DateField(blank=True, null=True, verbose_name="authorization revoked on"),
        ),
    ]
