import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_verification"),
        ("leases", "0007_ssn_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="is_flagged",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseflag",
            trigger=pgtrigger.compiler.Trigger(
                name="case_flag_marks_its_case",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    UPDATE cases_case SET is_flagged = EXISTS (\n                        SELECT FROM cases_caseflag\n                        WHERE case_id = NEW.case_id AND lifted_at IS NULL\n                    ) WHERE id = NEW.case_id;\n                    RETURN NULL;\n                ",
                    hash="5cb35cce742d6411c55bf5f2ebc5ba026ae0dd9c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_case_flag_marks_its_case_84e9f",
                    table="cases_caseflag",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            "UPDATE cases_case SET is_flagged = true"
            " WHERE id IN (SELECT case_id FROM cases_caseflag WHERE lifted_at IS NULL)",
            migrations.RunSQL.noop,
        ),
    ]
