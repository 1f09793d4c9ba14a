"""Running numbers of cases: a sequence never gives two people the same one and never waits."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE cases_running_number", "DROP SEQUENCE cases_running_number"
        )
    ]
