"""Indexes Django adds by itself to tables of a hundred rows, where others already serve."""

import django.db.models.deletion
from django.db import migrations, models

#: Django's second index of a text key, for LIKE, which no query uses.
OF_KEYS = {
    "cases_casekind": "cases_casekind_key_fa868b9f_like",
    "cases_caseoutcome": "cases_caseoutcome_key_932f2e80_like",
    "cases_evidenceslot": "cases_evidenceslot_key_b9df2e8f_like",
}


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_search_words")]

    operations = [
        migrations.AlterField(
            model_name="kindoutcome",
            name="outcome",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.caseoutcome",
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="kindslot",
            name="slot",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.evidenceslot",
                verbose_name="kind of proof",
            ),
        ),
        *(
            migrations.RunSQL(
                f"DROP INDEX IF EXISTS {index}",
                f"CREATE INDEX {index} ON {table} (key varchar_pattern_ops)",
            )
            for table, index in OF_KEYS.items()
        ),
    ]
