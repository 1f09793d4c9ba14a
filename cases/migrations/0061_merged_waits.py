"""Whoever waits for an answer in a duplicate waits there again once the merge is undone."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0060_store_script"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="casemerge",
            name="case_merge_stays",
        ),
        migrations.AddField(
            model_name="casemerge",
            name="customer_wrote_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="customer wrote"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casemerge",
            trigger=pgtrigger.compiler.Trigger(
                name="case_merge_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."into_id" IS DISTINCT FROM (NEW."into_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."customer_wrote_at" IS DISTINCT FROM (NEW."customer_wrote_at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a60f9d0d66acef4289adc53217d6c228e9ebba2c",
                    operation="UPDATE",
                    pgid="pgtrigger_case_merge_stays_7d0e9",
                    table="cases_casemerge",
                    when="BEFORE",
                ),
            ),
        ),
    ]
