"""What was there before 0028 is found, too; the rows are read without keeping anyone from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

COLUMNS = "what, source, case_id, entry_id, kind, visibility, language, author_id, at, text"
#: Few rows of each: what no one has decided about, and cases that began without a lease.
WHICH = {
    "mail": ("cases_inboundmail", "said.state IN ('parked', 'dismissed')"),
    "call": ("cases_calldraft", "said.case_id IS NULL"),
    "contact": ("cases_casecontact", "true"),
}
#: Where the search hasn't begun to look at older cases, its page says so.
BEGIN = """
    INSERT INTO cases_searchprogress (id, below, started_from, words_to)
    SELECT 1, max(id) + 1, max(id) + 1, 0 FROM cases_case HAVING max(id) IS NOT NULL
    ON CONFLICT (id) DO NOTHING
"""


def _fill(what: str) -> migrations.RunSQL:
    table, condition = WHICH[what]
    return migrations.RunSQL(
        f"""
        INSERT INTO cases_searchdocument ({COLUMNS})
        SELECT found.* FROM {table} AS said, LATERAL puente_searched_{what}(said) AS found
        WHERE {condition} ON CONFLICT (what, source) DO NOTHING
        """,  # noqa: S608 - none of it is user input
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_search_more")]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        # First: a table with rows just written can't be altered.
        ValidateConstraint("searchdocument", "search_document_known"),
        ValidateConstraint("searchdocument", "search_document_of_a_case"),
        *(_fill(what) for what in WHICH),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
