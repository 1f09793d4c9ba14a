"""Django's second index of a text key, for LIKE, which no query uses."""

from django.db import migrations

INDEX = "cases_scriptsituation_key_388a7d69_like"


class Migration(migrations.Migration):
    dependencies = [("cases", "0047_windows_of_ended_calls")]

    operations = [
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {INDEX}",
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON cases_scriptsituation (key varchar_pattern_ops)",
        )
    ]
