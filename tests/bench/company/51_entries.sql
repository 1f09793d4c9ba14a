-- What people write: sentences that are met often, and words that are rare (two syllables of 40 and one of
-- 40 again make 64,000, a few of them frequent).
CREATE TEMP TABLE said AS SELECT
    ARRAY[
        'La clienta dice que pagó el viernes con tarjeta y que todavía no aparece en su cuenta.',
        'Llama porque el refrigerador dejó de enfriar a las dos semanas.',
        'Pide mover dos pagos porque le redujeron las horas.',
        'La tienda no acepta la devolución del sofá: dice que nunca salió de la bodega.',
        'Quiere saber cuánto falta para comprar la lavadora antes de tiempo.',
        'Customer says the mattress was promised for last Friday and nobody called.',
        'She doesn’t recognize a charge of $61.75 and asks for a refund.'] AS calls,
    ARRAY[
        'Recibimos su aviso y lo estamos revisando. Le escribimos a más tardar el jueves.',
        'Ya mandé las fotos de la mesa rota y el recibo. Gracias.',
        'We got your photos. We’ll write to you by Thursday.',
        'Adjunto el comprobante del pago que hice en la tienda.'] AS messages,
    ARRAY[
        'Hablé con la tienda: confirman la entrega y buscan el recibo.',
        'No contestó. Volver a llamar mañana después de las cinco.',
        'Left a message with the store’s manager about the pickup.'] AS notes,
    '{ba,ca,da,fa,ga,la,ma,na,pa,ra,sa,ta,va,be,ce,de,le,me,ne,pe,re,se,te,bi,di,li,mi,ni,ri,si,ti,bo,co,do,lo,
        mo,no,ro,to,lu}'::text[] AS syllables;

CREATE OR REPLACE FUNCTION pg_temp.word(syllables text[], n bigint, salt int) RETURNS text
    LANGUAGE sql IMMUTABLE AS
    'SELECT pg_temp.one_of(syllables, n, salt) || pg_temp.one_of(syllables, n, salt + 1)
        || pg_temp.one_of(syllables, n, salt + 2)';

-- Five lines to a case, and one case with two hundred.
INSERT INTO cases_entry
    (case_id, kind, visibility, author_id, channel, language, language_source, body, event, params, at)
SELECT c.id, line.kind, visibility, CASE WHEN place = 4 THEN NULL ELSE opened_by_id END, spoken,
    CASE WHEN event = '' THEN c.language ELSE '' END, 'chosen',
    CASE WHEN event = '' THEN concat_ws(' ', body, pg_temp.word(syllables, c.id, 200 + 9 * place),
        pg_temp.word(syllables, c.id, 203 + 9 * place), pg_temp.word(syllables, c.id, 206 + 9 * place))
        ELSE '' END,
    event, params,
    LEAST(size.now, opened_at + (place - 1) * interval '1 hour' * (1 + pg_temp.pick(c.id, 62, 9)))
FROM said CROSS JOIN size JOIN cases_case c ON c.id > size.cases_before
CROSS JOIN LATERAL (VALUES
    (1, 'event', 'public', '', '', 'opened', '{}'::jsonb),
    (2, 'call', 'internal', 'phone', pg_temp.one_of(calls, c.id, 64), '', '{}'),
    (3, 'message', 'public', 'email', pg_temp.one_of(messages, c.id, 65), '', '{}'),
    (4, 'event', 'public', '', '', 'status_changed',
        '{"from_status": "open", "to_status": "in_progress", "due_on": "2026-11-01"}'),
    (5, 'note', 'internal', '', pg_temp.one_of(notes, c.id, 66), '', '{}')
) AS line (place, kind, visibility, spoken, body, event, params)
ORDER BY c.id, place;

DROP TABLE said;

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
