"""On the page of a lease: what was corrected in calls."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0049_questions_in_calls"), ("leases", "0017_refunds_checked")]

    operations = [
        migrations.AddIndex(
            model_name="callcorrection",
            index=models.Index(fields=["customer", "-at"], name="call_corrections_of"),
        ),
    ]
