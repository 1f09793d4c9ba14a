"""The rows there are get checked, without keeping anyone from writing new ones."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("leases", "0019_refunds_alone")]

    operations = [
        ValidateConstraint("refund", "refund_paid_with_proof"),
        ValidateConstraint("refund", "refund_withdrawn_for_a_reason"),
    ]
