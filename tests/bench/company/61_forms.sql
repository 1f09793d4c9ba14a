-- Per 25 cases: a form that was sent, one that was begun, a limit of somebody who tried, a code that
-- was asked for; per 250 a file that waits for its form. Some days of each: the rest is swept.
CREATE TEMP TABLE form AS
SELECT n, 46 + pg_temp.pick(n, 93, 354) AS agent_id, size.now AS now,
    size.now - pg_temp.pick(n, 94, 5000) * interval '1 minute' AS at
FROM size CROSS JOIN generate_series(size.cases_before / 25 + 1, size.cases / 25) n;

INSERT INTO accounts_sentform (user_id, path, key, fingerprint, sent_at, location)
SELECT agent_id, '/cases/900000001/entries/', gen_random_uuid(), md5(n::text) || md5((-n)::text), at,
    '/cases/900000001/'
FROM form;

INSERT INTO accounts_draft (writer_id, form, typed, token, spent, saved_at)
SELECT agent_id, '/cases/' || n || '/entries/', CASE WHEN n % 3 = 0 THEN '{"body": ["Hola."]}' ELSE '{}' END::jsonb, '',
    md5(n::text), now - (now - at) * 10
FROM form;

INSERT INTO accounts_draftwindow (draft_id, token, typed, saved_at)
SELECT id, md5(form), '{"body": ["Buenas."]}', saved_at FROM accounts_draft WHERE id % 30 = 0
ON CONFLICT DO NOTHING;

INSERT INTO accounts_ratelimit (key, free_at, allowed)
SELECT 'code:subject:' || left(md5(n::text) || md5((-n)::text), 40), at + interval '1 hour', true FROM form;

INSERT INTO accounts_signinrequest
    (id, kind, address, language, created_at, expires_at, answered_at, user_id, code_hash, tries,
     resends, used_at)
SELECT gen_random_uuid(), 'code', 'c' || n || '@bench.example', 'es', at, at + interval '15 minutes', at,
    1000 + n, md5(n::text), 0, 0, at
FROM form;

INSERT INTO cases_heldupload
    (id, holder_id, form, at, name, content_type, size, sha256, width, height, original, view)
SELECT gen_random_uuid(), agent_id, '/cases/' || n || '/entries/', at, 'foto.jpg', 'image/jpeg', 400000,
    md5(n::text) || md5((-n)::text), 1600, 1200, place || 'original', place || 'view'
FROM form CROSS JOIN LATERAL (SELECT md5(n || 'held') AS hash) named
CROSS JOIN LATERAL (
    SELECT left(hash, 2) || '/' || substr(hash, 3, 2) || '/' || hash || '.' AS place
) placed
WHERE n % 10 = 0;

DROP TABLE form;
