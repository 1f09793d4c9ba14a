"""The rows there are, read without keeping anyone from writing new ones."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_outcomes")]

    operations = [
        ValidateConstraint("entry", "entry_event_has_a_code"),
    ]
