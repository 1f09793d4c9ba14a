from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_number_sequence")]

    operations = [
        migrations.AlterField(
            model_name="emailtemplate",
            name="at",
            field=models.DateTimeField(verbose_name="at"),
        ),
        migrations.RemoveIndex(model_name="email", name="email_pending"),
        migrations.AddIndex(
            model_name="email",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["-is_secret", "next_attempt_at", "created_at"],
                name="email_pending",
            ),
        ),
        migrations.AddConstraint(
            model_name="email",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("is_secret", True),
                        ("state__in", ["sent", "failed", "uncertain"]),
                        _negated=True,
                    ),
                    ("params", {}),
                    _connector="OR",
                ),
                name="email_secret_is_erased",
            ),
        ),
    ]
