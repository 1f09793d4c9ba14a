"""An answer and a step of actions/index_search.py that writes down the one before take turns."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0050_corrections_of_a_customer")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="caseanswer",
            name="searched_answer",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="searched_answer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        PERFORM FROM public.cases_caseanswer AS said\n        WHERE said.case_id = NEW.case_id AND said.question_id = NEW.question_id\n            AND said.id < NEW.id\n        FOR NO KEY UPDATE;\n        DELETE FROM cases_searchdocument\n        WHERE what = 'answer' AND source = ANY (ARRAY(\n            SELECT said.id::text FROM public.cases_caseanswer AS said\n            WHERE said.case_id = NEW.case_id AND said.question_id = NEW.question_id\n                AND said.id < NEW.id\n        ));\n        INSERT INTO cases_searchdocument (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)\n        SELECT what, source, case_id, entry_id, kind, visibility, language, author_id, at, text FROM public.puente_searched_answer(NEW)\n        ON CONFLICT (what, source) DO NOTHING;\n        RETURN NULL;\n    ",
                    hash="b6e745952d27758826de22c445c46aa37bc77e03",
                    operation="INSERT",
                    pgid="pgtrigger_searched_answer_77f6a",
                    table="cases_caseanswer",
                    when="AFTER",
                ),
            ),
        ),
    ]
