-- Follow-ups: a plan for each case with work left, the past ones of the others.
INSERT INTO cases_followup
    (case_id, rule, "on", template, channel, language, message, send_at, by_id, at, done_at, done_by_id,
     cancelled_at, cancelled_by_id, cancel_reason)
SELECT c.id, 'on_day', send_at::date, 'follow_up', by_way, 'es', 'Le escribimos como quedamos.',
    send_at, opened_by_id, opened_at,
    CASE WHEN NOT active AND p >= 30 THEN changed_at END,
    CASE WHEN NOT active AND p >= 30 AND by_way = 'phone' THEN opened_by_id END,
    CASE WHEN NOT active AND p < 30 THEN changed_at END, NULL,
    CASE WHEN NOT active AND p < 30 THEN 'case_ended' ELSE '' END
FROM size JOIN cases_case c ON c.id > size.cases_before
CROSS JOIN generate_series(1, 2) place
CROSS JOIN LATERAL (SELECT status NOT IN ('resolved', 'closed') AS active,
    pg_temp.pick(c.id * 2 + place, 80, 100) AS p,
    CASE WHEN pg_temp.pick(c.id * 2 + place, 81, 4) = 0 THEN 'phone' ELSE 'email' END AS by_way) drawn
CROSS JOIN LATERAL (SELECT CASE WHEN NOT active THEN changed_at
    WHEN by_way = 'phone' THEN size.now + interval '1 minute' * (pg_temp.pick(c.id, 82, 60000) - 3000)
    ELSE size.now + interval '1 minute' * (30 + pg_temp.pick(c.id + place, 83, 60000)) END AS send_at) sent
WHERE CASE WHEN active THEN place = 1 OR p < 45 ELSE place = 1 AND p < 60 END;

INSERT INTO cases_escalation (case_id, reason, by_id, at)
SELECT id, 'Pide hablar con una supervisora.', opened_by_id, opened_at
FROM size JOIN cases_case c ON c.id > size.cases_before
WHERE status = 'escalated' OR id % 50 = 0;

INSERT INTO cases_promise
    (case_id, party, what, language, due_on, by_id, at, outcome, settled_at, settled_by_id)
SELECT id, (ARRAY['company', 'customer', 'store'])[1 + pg_temp.pick(id, 84, 3)],
    'Paga el viernes en la tienda', 'es', due_on, opened_by_id, opened_at,
    CASE WHEN is_open THEN '' ELSE 'kept' END, CASE WHEN NOT is_open THEN changed_at END,
    CASE WHEN NOT is_open THEN opened_by_id END
FROM size JOIN cases_case c ON c.id > size.cases_before
CROSS JOIN LATERAL (SELECT status NOT IN ('resolved', 'closed') AS is_open) said
WHERE id % 7 = 0;

INSERT INTO cases_outsidedeadline
    (case_id, body, reference, received_on, due_on, by_id, at, answered_on, answered_by_id)
SELECT id, 'cfpb', 'C-' || id, opened_at, opened_at + interval '15 days', opened_by_id, opened_at,
    CASE WHEN status IN ('resolved', 'closed') THEN changed_at END,
    CASE WHEN status IN ('resolved', 'closed') THEN opened_by_id END
FROM size JOIN cases_case c ON c.id > size.cases_before
WHERE id % 100 = 0;

INSERT INTO cases_calldraft
    (number, agent_id, lease_id, typed, started_at, discarded_at, discarded_by_id, discard_reason,
     case_id)
SELECT number, opened_by_id, lease_id, '{}', opened_at, CASE WHEN discarded THEN opened_at END,
    CASE WHEN discarded THEN opened_by_id END, CASE WHEN discarded THEN 'Se cortó.' ELSE '' END,
    CASE WHEN id % 500 > 1 THEN id END
FROM size JOIN cases_case c ON c.id > size.cases_before
CROSS JOIN LATERAL (SELECT id % 500 = 1 AS discarded) said
WHERE channel = 'phone';

INSERT INTO cases_callkey (draft_id, customer_id, names, phones, emails)
SELECT draft.id, said.customer_id, said.names, said.phones, said.emails
FROM cases_calldraft draft CROSS JOIN LATERAL puente_call_key(draft) said
WHERE draft.case_id IS NULL
ON CONFLICT DO NOTHING;
