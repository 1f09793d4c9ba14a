"""Two windows of one call keep both texts. Constant defaults: no row is written, no table read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_questions_filled")]

    operations = [
        migrations.AddField(
            model_name="calldraft",
            name="version",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="calldraft",
            name="window",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="calldraft",
            name="other",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="calldraft",
            name="other_window",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
