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

INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM size JOIN cases_case about ON about.id > size.cases_before
JOIN cases_casecontact said ON said.id = about.contact_id
CROSS JOIN LATERAL puente_searched_contact(said) found;

INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM size JOIN cases_caseanswer said ON said.case_id > size.cases_before
CROSS JOIN LATERAL puente_searched_answer(said) found;

INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM cases_inboundmail said CROSS JOIN LATERAL puente_searched_mail(said) found
WHERE said.state IN ('parked', 'dismissed')
ON CONFLICT (what, source) DO NOTHING;

INSERT INTO cases_searchdocument
    (what, source, case_id, entry_id, kind, visibility, language, author_id, at, text)
SELECT found.* FROM cases_calldraft said CROSS JOIN LATERAL puente_searched_call(said) found
WHERE said.case_id IS NULL
ON CONFLICT (what, source) DO NOTHING;

INSERT INTO cases_searchprogress (id, below, started_from, finished_at, words_to)
SELECT 1, 0, 0, size.now, max(found.id) FROM size CROSS JOIN cases_searchdocument found GROUP BY size.now
ON CONFLICT (id) DO UPDATE SET words_to = excluded.words_to;

INSERT INTO cases_searchword (plain, shown, texts)
SELECT plain, max(written), count(*)
FROM (SELECT lower(unnest(regexp_matches(text, '[[:alpha:]\u00c0-\u024f]+', 'g'))) AS written
    FROM size JOIN cases_searchdocument ON case_id > size.cases_before AND id % 20 = 0) said,
    LATERAL puente_fold(written) plain
WHERE plain ~ '^[a-z]{4,30}$' GROUP BY plain
ON CONFLICT (plain) DO UPDATE SET texts = cases_searchword.texts + excluded.texts;
