"""Deadlines that are extended once, and those of requests for personal data."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def take_back(apps: Any, schema_editor: Any) -> None:
    """No deadline is lost: that of a request becomes that of a letter."""
    deadlines = apps.get_model("cases", "OutsideDeadline").objects
    deadlines.filter(body="data_request").update(body="letter")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_beginnings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outsidedeadline",
            name="outside_body_known",
        ),
        migrations.AddField(
            model_name="outsidedeadline",
            name="extended_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="more information arrived on"
            ),
        ),
        migrations.AlterField(
            model_name="outsidedeadline",
            name="body",
            field=models.CharField(
                choices=[
                    ("cfpb", "CFPB"),
                    ("bbb", "Better Business Bureau"),
                    ("attorney_general", "Attorney general"),
                    ("credit_bureau", "Direct credit dispute (FCRA)"),
                    ("letter", "Certified letter"),
                    ("data_request", "Request for personal data"),
                ],
                max_length=16,
                verbose_name="who is asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "body__in",
                        [
                            "cfpb",
                            "bbb",
                            "attorney_general",
                            "credit_bureau",
                            "letter",
                            "data_request",
                        ],
                    )
                ),
                name="outside_body_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extended_on__isnull", True),
                    models.Q(
                        ("extended_on__gte", models.F("received_on")),
                        ("extended_on__lte", models.F("due_on")),
                    ),
                    _connector="OR",
                ),
                name="outside_extended_in_time",
            ),
        ),
        # Whatever waits for the end of the transaction would keep tables from being altered.
        migrations.RunSQL(migrations.RunSQL.noop, "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RunPython(migrations.RunPython.noop, take_back),
    ]
