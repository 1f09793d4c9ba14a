"""The rows there are get checked, without keeping anyone from writing new ones."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0075_reopened")]

    operations = [ValidateConstraint("entry", "entry_event_has_a_code")]
