"""Answers that were there before 0039 are found after some steps of the schedule
(actions/index_search.py); the rows are checked without keeping anyone from writing.
"""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

#: Where the search has no progress yet, it looks at answers with their cases.
BEGIN = """
    UPDATE cases_searchprogress SET finished_at = NULL, answers_below = (
        SELECT max(id) + 1 FROM cases_caseanswer
    )
    WHERE EXISTS (SELECT FROM cases_caseanswer)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0039_answers_searched")]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        ValidateConstraint("searchdocument", "search_document_known"),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
