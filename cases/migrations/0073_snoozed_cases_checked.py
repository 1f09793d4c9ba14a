"""The rows there are get checked, without keeping anyone from writing new ones."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0072_snoozed_cases")]

    operations = [
        ValidateConstraint("entry", "entry_event_has_a_code"),
        ValidateConstraint("case", "case_snoozed_can_wait"),
        ValidateConstraint("case", "case_snooze_whole"),
    ]
