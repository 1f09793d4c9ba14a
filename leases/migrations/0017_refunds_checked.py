"""The rows there are get checked, without keeping anyone from writing new ones."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("leases", "0016_refunds")]

    operations = [
        ValidateConstraint("disputedcharge", "disputed_charge_decided_by_somebody"),
        ValidateConstraint("disputedcharge", "disputed_charge_upheld_is_corrected"),
    ]
