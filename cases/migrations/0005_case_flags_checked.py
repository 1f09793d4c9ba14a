"""The rows there are, read without keeping anyone from writing new ones."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_case_flags")]

    operations = [
        ValidateConstraint("case", "case_is_about_somebody"),
        ValidateConstraint("entry", "entry_event_has_a_code"),
        ValidateConstraint("followup", "follow_up_cancelled_for_a_reason"),
    ]
