"""What another window had in the same form goes to its windows; back, the newest one's returns."""

from django.db import migrations

THERE = """
    INSERT INTO accounts_draftwindow (draft_id, token, typed, saved_at)
    SELECT id, gen_random_uuid()::text, other, saved_at FROM accounts_draft WHERE other <> '{}'
"""
BACK = """
    UPDATE accounts_draft draft SET other = newest.typed
    FROM (
        SELECT DISTINCT ON (draft_id) draft_id, typed
        FROM accounts_draftwindow ORDER BY draft_id, saved_at DESC, id DESC
    ) newest
    WHERE newest.draft_id = draft.id;
    DELETE FROM accounts_draftwindow
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_more_draft_windows")]

    operations = [
        migrations.RunSQL(THERE, BACK),
        migrations.RemoveField(model_name="draft", name="other"),
    ]
