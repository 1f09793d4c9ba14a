"""As leases.0012_beginnings: for the callers of cases without a lease."""

from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models

from common.unlocked_indexes import IndexWithoutLock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0032_attempts_undone_checked")]

    operations = [
        IndexWithoutLock(
            "contact_phone_begins",
            "cases_casecontact (phone text_pattern_ops)",
            state_operations=[
                migrations.AddIndex(
                    model_name="casecontact",
                    index=models.Index(
                        OpClass("phone", "text_pattern_ops"), name="contact_phone_begins"
                    ),
                ),
            ],
        ),
        migrations.RemoveIndex(model_name="casecontact", name="contact_phone"),
    ]
