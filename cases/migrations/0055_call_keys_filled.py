"""Calls that were there before. Some at a time: nobody who writes waits for more than these."""

from typing import Any

from django.db import migrations, models

AT_ONCE = 2_000  # calls in a statement
FILL = """
    INSERT INTO cases_callkey (draft_id, customer_id, names, phones, emails)
    SELECT draft.id, said.customer_id, said.names, said.phones, said.emails
    FROM cases_calldraft AS draft, LATERAL puente_call_key(draft) AS said
    WHERE draft.case_id IS NULL AND draft.id > %s AND draft.id <= %s
    ON CONFLICT DO NOTHING
"""


def fill(apps: Any, schema_editor: Any) -> None:
    drafts = apps.get_model("cases", "CallDraft").objects
    last = drafts.aggregate(last=models.Max("id"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for after in range(0, last, AT_ONCE):
            cursor.execute(FILL, [after, after + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0054_call_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
