"""What another window of a call had typed goes to its windows; back, the newest one's returns."""

from django.db import migrations

THERE = """
    INSERT INTO cases_callwindow (draft_id, key, typed, typed_by_id, typed_at)
    SELECT id, coalesce(other_window, gen_random_uuid()), other, agent_id, started_at
    FROM cases_calldraft
    WHERE other <> '{}'
"""
BACK = """
    UPDATE cases_calldraft draft SET other = newest.typed, other_window = newest.key
    FROM (
        SELECT DISTINCT ON (draft_id) draft_id, typed, key
        FROM cases_callwindow ORDER BY draft_id, typed_at DESC, id DESC
    ) newest
    WHERE newest.draft_id = draft.id AND draft.discarded_at IS NULL;
    DELETE FROM cases_callwindow
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0042_call_windows")]

    operations = [
        migrations.RunSQL(THERE, BACK),
        migrations.RemoveField(model_name="calldraft", name="other"),
        migrations.RemoveField(model_name="calldraft", name="other_window"),
    ]
