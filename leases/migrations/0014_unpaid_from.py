"""The day of the first payment that isn't paid, kept by the trigger that kept the one for late fees."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0013_data_request_days"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ledgerentry",
            name="late_from_by_ledger",
        ),
        migrations.AddField(
            model_name="terms",
            name="unpaid_from",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="late_from_by_ledger",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    UPDATE leases_terms AS terms SET (unpaid_from, late_from) = (\n        WITH line AS (\n            SELECT part, instalment_id, effective_on, sum(amount) AS amount,\n                bool_or(kind = 'fee') AS is_fee\n            FROM leases_ledgerentry WHERE lease_id = terms.lease_id GROUP BY 1, 2, 3\n        ), instalment AS (\n            SELECT bool_or(is_fee) AS has_fee,\n                sum(amount) FILTER (WHERE part = 'rent') AS amount,\n                max(effective_on) FILTER (WHERE part = 'rent' AND amount > 0) AS due_on\n            FROM line WHERE instalment_id IS NOT NULL GROUP BY instalment_id\n        ), paid AS (\n            SELECT COALESCE(\n                    sum(-amount) FILTER (\n                        WHERE part = 'rent' AND instalment_id IS NULL\n                    ), 0\n                ) + GREATEST(sum(-amount) FILTER (WHERE part = 'fees'), 0)\n                + (SELECT COALESCE(sum(-amount) FILTER (WHERE amount < 0), 0) FROM instalment)\n                AS amount\n            FROM line\n        ), owed AS (\n            SELECT due_on, has_fee, sum(amount) OVER (ORDER BY due_on) AS so_far\n            FROM instalment WHERE amount > 0\n        )\n        SELECT min(due_on), min(due_on) FILTER (WHERE NOT has_fee)\n        FROM owed, paid WHERE so_far > paid.amount\n    )\n    WHERE terms.lease_id IN (SELECT lease_id FROM added);\n    RETURN NULL;\n",
                    hash="fdf801f47afe7fbdec3c5cdd511a4923c012e24c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_late_from_by_ledger_c7713",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="leases_ledgerentry",
                    when="AFTER",
                ),
            ),
        ),
    ]
