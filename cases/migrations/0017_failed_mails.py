from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_follow_up_not_waiting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="email",
            index=models.Index(
                condition=models.Q(("is_secret", False), ("state", "failed")),
                fields=["-created_at", "-id"],
                name="email_failed",
            ),
        ),
    ]
