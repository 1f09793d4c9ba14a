"""Who looked at a file, and who downloaded its original, for good."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0067_cases_to_take")]

    operations = [
        # Until now only opened originals were recorded.
        migrations.AddField(
            model_name="evidenceview",
            name="is_download",
            field=models.BooleanField(db_default=True, verbose_name="downloaded"),
        ),
        migrations.AddField(
            model_name="evidenceview",
            name="page",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="page"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceview",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_view_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="40c82adf53da7f0475eb0c04f4267a4171aea598",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_evidence_view_append_only_7104d",
                    table="cases_evidenceview",
                    when="BEFORE",
                ),
            ),
        ),
    ]
