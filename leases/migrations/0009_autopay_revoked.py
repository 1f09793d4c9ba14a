"""The day on which a customer took back the authorization to charge them."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0008_disputed_charges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="autopayevent",
            name="revoked_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="authorization taken back on"
            ),
        ),
        migrations.AddConstraint(
            model_name="autopayevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_on__isnull", True), ("change", "stopped"), _connector="OR"
                ),
                name="autopay_event_revoked_stops",
            ),
        ),
    ]
