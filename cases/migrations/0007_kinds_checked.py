"""Checks the existing rows, in a transaction of its own, while others read and write them."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_kinds"),
    ]

    operations = [
        migrations.RunSQL(
            [
                "ALTER TABLE cases_case VALIDATE CONSTRAINT cases_case_kind_fk",
                "ALTER TABLE cases_askeditem VALIDATE CONSTRAINT cases_askeditem_slot_fk",
            ],
            migrations.RunSQL.noop,
        ),
        ValidateConstraint("askeditem", "asked_item_state_known"),
    ]
