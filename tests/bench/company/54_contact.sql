-- A flag on one case of two hundred, half of them an attorney; the attempts of the last months.
INSERT INTO cases_caseflag
    (case_id, kind, name, firm, phone, email, statute, by_id, at, lift_reason)
SELECT id, CASE WHEN id % 400 = 0 THEN 'attorney' ELSE 'statute' END,
    CASE WHEN id % 400 = 0 THEN 'Marta Ruiz' ELSE '' END, '', '',
    CASE WHEN id % 400 = 0 THEN 'marta@bench.example' ELSE '' END,
    CASE WHEN id % 400 = 0 THEN '' ELSE 'FDCPA' END, opened_by_id, opened_at, ''
FROM size JOIN cases_case c ON c.id > size.cases_before
WHERE is_flagged;

INSERT INTO cases_contactattempt (case_id, result, by_id, at)
SELECT id, (ARRAY['no_answer', 'left_message', 'reached', 'busy'])[1 + pg_temp.pick(id, 90, 4)],
    opened_by_id, size.now - interval '1 minute' * pg_temp.pick(id * 2 + place, 91, 250000)
FROM size JOIN cases_case c ON c.id > size.cases_before
CROSS JOIN generate_series(1, 2) place;
