-- What triggers write as people work.
INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM size JOIN cases_case said ON said.id > size.cases_before
CROSS JOIN LATERAL puente_searched_headline(said) found;

INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM size JOIN cases_entry said ON said.case_id > size.cases_before
CROSS JOIN LATERAL puente_searched_entry(said) found;

INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM size JOIN cases_entry entry ON entry.case_id > size.cases_before
JOIN cases_evidence said ON said.entry_id = entry.id
CROSS JOIN LATERAL puente_searched_file(said) found;

INSERT INTO cases_searchprogress (id, below, started_from, finished_at)
SELECT 1, 0, 0, size.now FROM size ON CONFLICT DO NOTHING;
