"""Calls that became part of a case keep no words in their windows, where 0043 moved those of calls
that had ended before it, too. Some at a time: nobody who writes waits for more than these.
"""

from typing import Any

from django.db import migrations, models

AT_ONCE = 2_000  # windows in a statement
EMPTY = """
    DELETE FROM cases_callwindow AS call_window
    USING cases_calldraft AS draft
    WHERE draft.id = call_window.draft_id AND draft.case_id IS NOT NULL
        AND call_window.id > %s AND call_window.id <= %s
"""


def empty(apps: Any, schema_editor: Any) -> None:
    windows = apps.get_model("cases", "CallWindow").objects
    last = windows.aggregate(last=models.Max("id"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for after in range(0, last, AT_ONCE):
            cursor.execute(EMPTY, [after, after + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0046_call_corrections")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
