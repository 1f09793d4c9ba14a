-- Phone calls: two for each case, from known and unknown numbers; some missed, few of them unreturned.
INSERT INTO telephone_phoneline (agent_id, extension)
SELECT n, (1000 + n)::text FROM size CROSS JOIN generate_series(16, 400) n WHERE size.cases_before = 0;

INSERT INTO telephone_phonecall
    (call_id, direction, from_sent, to_sent, from_number, to_number, extension, agent_id, rang_at,
     answered_at, ended_at, end_cause, settled_at, later_call_id, settled_by_id, settled_reason)
SELECT 'bench-' || n, 'in', number, line, number, '', line,
    CASE WHEN p >= 15 THEN agent END, rang,
    CASE WHEN p >= 15 THEN rang + interval '8 seconds' END, rang + interval '6 minutes',
    CASE WHEN p >= 15 THEN 'normalClearing' ELSE 'cancel' END,
    CASE WHEN p < 15 AND n < size.cases * 2 - 60 THEN rang + interval '1 hour' END, NULL,
    CASE WHEN p < 15 AND n < size.cases * 2 - 60 THEN agent END,
    CASE WHEN p < 15 AND n < size.cases * 2 - 60 THEN 'Ya se resolvió por correo.' ELSE '' END
FROM size CROSS JOIN generate_series(size.cases_before * 2 + 1, size.cases * 2) n
CROSS JOIN LATERAL (SELECT 46 + pg_temp.pick(n, 90, 350) AS agent, pg_temp.pick(n, 91, 100) AS p,
    CASE WHEN pg_temp.pick(n, 92, 12) = 0 THEN ''
        ELSE '+1210' || lpad((pg_temp.pick(n, 93, 9000000))::text, 7, '2') END AS number,
    size.now - interval '3 years' * (size.cases * 2 - n) / (size.cases * 2) AS rang) drawn
CROSS JOIN LATERAL (SELECT (1000 + agent)::text AS line) called;

INSERT INTO telephone_phonecallring (call_id, agent_id, at)
SELECT id, agent_id, rang_at FROM telephone_phonecall
WHERE agent_id IS NOT NULL AND NOT EXISTS (SELECT FROM telephone_phonecallring r WHERE r.call_id = telephone_phonecall.id);
