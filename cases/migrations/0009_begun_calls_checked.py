"""Entries that were there are checked without a lock that writers would wait for."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_begun_calls"),
    ]

    operations = [
        ValidateConstraint("entry", "entry_event_has_a_code"),
    ]
