from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leases", "0011_ledger_of_one_lease")]

    operations = [
        migrations.AddField(
            "lease",
            "shipping_provider",
            models.CharField(
                blank=True, default="", max_length=60, verbose_name="shipping provider"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "lease",
            "tracking_id",
            models.CharField(blank=True, default="", max_length=80, verbose_name="tracking number"),
            preserve_default=False,
        ),
    ]
