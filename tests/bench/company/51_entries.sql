-- Five lines to a case, and one case with two hundred.
INSERT INTO cases_entry
    (case_id, kind, visibility, author_id, channel, language, language_source, body, event, params, at)
SELECT c.id, line.kind, visibility, CASE WHEN place = 4 THEN NULL ELSE opened_by_id END, spoken,
    CASE WHEN event = '' THEN c.language ELSE '' END, 'chosen', body, event, params,
    LEAST(size.now, opened_at + (place - 1) * interval '1 hour' * (1 + pg_temp.pick(c.id, 62, 9)))
FROM size JOIN cases_case c ON c.id > size.cases_before
CROSS JOIN LATERAL (VALUES
    (1, 'event', 'public', '', '', 'opened', '{}'::jsonb),
    (2, 'call', 'internal', 'phone',
        'La clienta dice que pagó el viernes con tarjeta y que todavía no aparece en su cuenta.', '',
        '{}'),
    (3, 'message', 'public', 'email',
        'Recibimos su aviso y lo estamos revisando. Le escribimos a más tardar el jueves.', '', '{}'),
    (4, 'event', 'public', '', '', 'status_changed',
        '{"from_status": "open", "to_status": "in_progress", "due_on": "2026-11-01"}'),
    (5, 'note', 'internal', '', 'Hablé con la tienda: confirman la entrega y buscan el recibo.', '',
        '{}')
) AS line (place, kind, visibility, spoken, body, event, params)
ORDER BY c.id, place;

INSERT INTO cases_entry
    (case_id, kind, visibility, author_id, channel, language, language_source, body, event, params, at)
SELECT 1, 'message', 'public', 46, 'email', 'es', 'chosen', 'Seguimos en lo mismo.', '', '{}',
    size.now - n * interval '1 hour'
FROM size CROSS JOIN generate_series(1, 195) n WHERE size.cases_before = 0;

CREATE TEMP TABLE message AS
SELECT entry.id, case_id, at FROM size JOIN cases_entry entry ON entry.case_id > size.cases_before
WHERE kind = 'message';

INSERT INTO cases_evidence
    (id, entry_id, name, content_type, size, sha256, width, height, original, view)
SELECT gen_random_uuid(), id, 'foto.jpg', 'image/jpeg', 400000, md5(id::text) || md5((-id)::text), 1600,
    1200, md5(id || 'original') || '.jpg', md5(id || 'view') || '.jpg'
FROM message WHERE id % 4 = 0;

INSERT INTO cases_evidenceview (evidence_id, by_id, at)
SELECT evidence.id, 50, message.at
FROM message JOIN cases_evidence evidence ON entry_id = message.id WHERE message.id % 16 = 0;

INSERT INTO cases_entrytranslation (entry_id, language, machine_text, asked_by_id, at, reviewed_text)
SELECT id, 'en', 'We have your note and are looking into it.', 50, at, ''
FROM message WHERE case_id % 20 = 0;

INSERT INTO cases_languagecorrection (entry_id, language, by_id, at)
SELECT id, 'en', 50, at FROM message WHERE case_id % 50 = 0;

INSERT INTO cases_inboundmail
    (id, key, source, message_id, sender, subject, text, received_at, original, size, sha256, state,
     reason, case_id, entry_id, decided_at, decided_by_id)
SELECT gen_random_uuid(), md5(message.id || 'key'), 'mailbox', '<' || message.id || '@example.com>',
    'c' || pg_temp.pick(message.id, 63, 300000) || '@bench.example', 'Re: caso', repeat('Hola. ', 40),
    at, md5(message.id || 'mail'), 9000, md5(message.id::text) || md5((-message.id)::text), state,
    CASE WHEN state = 'entered' THEN '' ELSE 'no_case' END,
    CASE WHEN state = 'entered' THEN case_id END,
    CASE WHEN state = 'entered' THEN message.id END,
    CASE WHEN state = 'dismissed' THEN at END, CASE WHEN state = 'dismissed' THEN 50 END
FROM message CROSS JOIN LATERAL (SELECT CASE
    WHEN pg_temp.pick(message.id, 64, 1000) < 3 THEN 'parked'
    WHEN pg_temp.pick(message.id, 64, 1000) < 150 THEN 'dismissed' ELSE 'entered' END AS state) said
WHERE message.id % 6 = 0;

DROP TABLE message;
