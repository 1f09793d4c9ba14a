-- Three mails to two cases: two of three are of a case, one of a lease or a sign-in code.
INSERT INTO mail_email
    (id, key, template_id, language, "to", params, is_secret, thread, state, attempts, next_attempt_at,
     trying_since, error, created_at, sent_at)
SELECT gen_random_uuid(), kind || ':' || n, template.id, 'es',
    'c' || 1 + pg_temp.pick(n, 70, size.customers) || '@bench.example',
    CASE WHEN kind = 'sign_in_code' THEN '{}' ELSE jsonb_build_object(
        'customer_name', 'Carla Peña', 'case_number', '900000001', 'due_on', '2026-11-30',
        'kind', 'late_payment', 'status', 'in_progress') END,
    kind = 'sign_in_code', CASE WHEN kind IN ('case_opened', 'status_changed', 'message_added')
        THEN (900000000 + size.cases_before + 1 + n % (size.cases - size.cases_before))::text ELSE '' END,
    state, 1, CASE WHEN state = 'pending' THEN size.now + interval '1 minute' * (p + 10) ELSE written END,
    NULL, CASE WHEN state = 'failed' THEN '550 5.1.1 No such user' ELSE '' END, written,
    CASE WHEN state = 'sent' THEN written END
FROM size
CROSS JOIN LATERAL (
    SELECT n, pg_temp.pick(n, 71, 10000) AS p,
        size.now - interval '3 years' * (size.mails - n) / (size.mails - size.mails_before) AS written,
        (ARRAY['case_opened', 'case_opened', 'status_changed', 'message_added', 'approval_expiring',
            'sign_in_code'])[1 + pg_temp.pick(n, 72, 6)] AS kind
    FROM generate_series(size.mails_before + 1, size.mails) n
) numbered
CROSS JOIN LATERAL (SELECT CASE
    WHEN p < 60 THEN 'failed' WHEN p < 65 AND kind <> 'sign_in_code' THEN 'uncertain'
    WHEN p < 160 AND n > size.mails - (size.mails - size.mails_before) / 50 THEN 'pending'
    WHEN p BETWEEN 9950 AND 9999 THEN 'withdrawn' ELSE 'sent' END AS state) said
JOIN mail_emailtemplate template ON template.key = kind AND template.version = 1;

INSERT INTO cases_casemail (email_id, case_id)
SELECT mail.id, size.cases_before + 1 + n % (size.cases - size.cases_before)
FROM size
CROSS JOIN generate_series(size.mails_before + 1, size.mails) n
JOIN mail_email AS mail ON mail.key = (ARRAY['case_opened', 'case_opened', 'status_changed',
    'message_added', '', ''])[1 + pg_temp.pick(n, 72, 6)] || ':' || n;

INSERT INTO leases_leasemail (email_id, lease_id)
SELECT mail.id, 1 + pg_temp.pick(n, 73, size.leases)
FROM size
CROSS JOIN generate_series(size.mails_before + 1, size.mails) n
JOIN mail_email AS mail ON mail.key = 'approval_expiring:' || n;

INSERT INTO mail_suppressedaddress (address, reason, error, at, lifted_at, lifted_by_id)
SELECT 'c' || n || '@bench.example', 'bounced', '550 5.1.1', size.now - n * interval '1 minute',
    CASE WHEN n % 1000 > 0 THEN size.now END, CASE WHEN n % 1000 > 0 THEN 50 END
FROM size CROSS JOIN generate_series(size.customers_before + 1, size.customers) n
WHERE n % 200 = 0;
