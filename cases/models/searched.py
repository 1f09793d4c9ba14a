"""Triggers that keep `SearchDocument` in step with the tables people write to.

What a row says to a search is one function of the row for each table (migration 0013_search), which
also fills in what was there before (actions/index_search.py).
"""

from __future__ import annotations

import pgtrigger

from cases.enums import Searched

COLUMNS = "what, source, case_id, entry_id, kind, visibility, language, author_id, at, text"


def keeps_searched(
    what: Searched, operation: pgtrigger.Operation = pgtrigger.Insert
) -> pgtrigger.Trigger:
    """After each row is written or deleted. A changed row replaces what was kept of it.

    There's a conflict when actions/index_search.py has just written the same row.
    """
    return pgtrigger.Trigger(
        name=f"searched_{what.value}",
        when=pgtrigger.After,
        operation=operation | pgtrigger.Delete,
        func=f"""
            DELETE FROM cases_searchdocument
            WHERE what = '{what.value}' AND source = COALESCE(NEW.id, OLD.id)::text;
            INSERT INTO cases_searchdocument ({COLUMNS})
            SELECT {COLUMNS} FROM public.puente_searched_{what.value}(NEW)
            ON CONFLICT (what, source) DO UPDATE
            SET text = excluded.text, language = excluded.language, kind = excluded.kind;
            RETURN NULL;
        """,  # noqa: S608 - none of it is user input
    )


#: A contact is there before its case.
KEEPS_CONTACT = pgtrigger.Trigger(
    name="searched_contact",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__contact__isnull=False),
    func=f"""
        INSERT INTO cases_searchdocument ({COLUMNS})
        SELECT found.* FROM public.cases_casecontact AS said,
            LATERAL public.puente_searched_contact(said) AS found
        WHERE said.id = NEW.contact_id
        ON CONFLICT (what, source) DO NOTHING;
        RETURN NULL;
    """,  # noqa: S608 - none of it is user input
)

#: What a corrected answer said before is in the timeline; the answer that stands is found. It locks
#: the earlier ones, as actions/index_search.py does: otherwise each could miss what the other has
#: just written, and both answers would be found.
KEEPS_ANSWER = pgtrigger.Trigger(
    name="searched_answer",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=f"""
        PERFORM FROM public.cases_caseanswer AS said
        WHERE said.case_id = NEW.case_id AND said.question_id = NEW.question_id
            AND said.id < NEW.id
        FOR NO KEY UPDATE;
        DELETE FROM cases_searchdocument
        WHERE what = '{Searched.ANSWER.value}' AND source = ANY (ARRAY(
            SELECT said.id::text FROM public.cases_caseanswer AS said
            WHERE said.case_id = NEW.case_id AND said.question_id = NEW.question_id
                AND said.id < NEW.id
        ));
        INSERT INTO cases_searchdocument ({COLUMNS})
        SELECT {COLUMNS} FROM public.puente_searched_answer(NEW)
        ON CONFLICT (what, source) DO NOTHING;
        RETURN NULL;
    """,  # noqa: S608 - none of it is user input
)

#: A case's kind stands beside each of its texts.
KEEPS_KIND = pgtrigger.Trigger(
    name="searched_kind",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("kind"),
    condition=pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind")),
    func="""
        UPDATE cases_searchdocument SET kind = NEW.kind WHERE case_id = NEW.id;
        RETURN NULL;
    """,
)

#: Someone said which language an entry is in.
KEEPS_LANGUAGE = pgtrigger.Trigger(
    name="searched_language",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func=f"""
        UPDATE cases_searchdocument SET language = NEW.language
        WHERE what = '{Searched.ENTRY.value}' AND source = NEW.entry_id::text;
        RETURN NULL;
    """,  # noqa: S608 - none of it is user input
)
