from django.db import migrations, models

REASONS = [
    ("no_case", "It answers no mail of ours"),
    ("several", "It was sent to several cases"),
    ("stranger", "The sender is not the customer of the case"),
    ("bounce", "Delivery report"),
    ("automatic", "Automatic answer"),
    ("own", "One of our own mails"),
    ("too_many", "Too many mails from this sender"),
    ("unreadable", "It could not be read"),
    ("empty", "It says nothing"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_follow_up_language")]

    operations = [
        migrations.CreateModel(
            name="MailboxState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=250, unique=True)),
                ("fetched_at", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=200)),
                ("uid_validity", models.BigIntegerField(default=0)),
                ("left", models.JSONField(blank=True, default=dict)),
            ],
            options={"verbose_name": "mailbox", "verbose_name_plural": "mailboxes"},
        ),
        migrations.RemoveConstraint(model_name="inboundmail", name="inbound_parked_for_a_reason"),
        migrations.AlterField(
            model_name="inboundmail",
            name="reason",
            field=models.CharField(
                blank=True, choices=REASONS, max_length=10, verbose_name="reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "parked"), _negated=True),
                    ("reason__in", [code for code, _ in REASONS]),
                    _connector="OR",
                ),
                name="inbound_parked_for_a_reason",
            ),
        ),
    ]
