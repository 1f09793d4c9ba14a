INSERT INTO cases_tag (id, name, key, is_offered, created_by_id, created_at)
SELECT n, 'Etiqueta ' || n, 'etiqueta ' || n, true, 46, size.now FROM size, generate_series(1, 40) n
ON CONFLICT DO NOTHING;
INSERT INTO cases_case
    (id, number, lease_id, kind, status, channel, language, headline, opened_by_id, opened_at,
     assignee_id, due_on, customer_wrote_at, is_flagged, version, changed_at, tags)
SELECT n, (900000000 + n)::text, 1 + pg_temp.skewed(n, 50, size.leases),
    pg_temp.one_of('{late_payment,charge_dispute,payment,defective,return,non_delivery,statement,
        charge_question,buyout,exchange,cancellation,fraud,other}'::text[], n, 51),
    CASE WHEN NOT active THEN CASE WHEN p < 900 THEN 'closed' ELSE 'resolved' END
        WHEN p < 350 THEN 'open' WHEN p < 650 THEN 'in_progress' WHEN p < 850 THEN 'waiting_customer'
        WHEN p < 985 THEN 'waiting_store' ELSE 'escalated' END,
    (ARRAY['phone', 'phone', 'phone', 'web', 'email', 'store', 'letter'])[1 + pg_temp.pick(n, 52, 7)],
    CASE WHEN pg_temp.pick(n, 53, 100) < 72 THEN 'es' ELSE 'en' END,
    'Pide un plan de pagos ' || n, worker, opened_at,
    CASE WHEN pg_temp.pick(n, 54, 5) > 0 THEN worker END,
    CASE WHEN active THEN size.now::date - 3 + pg_temp.skewed(n, 55, 24)
        ELSE opened_at::date + 7 END,
    CASE WHEN active AND pg_temp.pick(n, 56, 8) = 0
        THEN GREATEST(opened_at, size.now - pg_temp.pick(n, 57, 10000) * interval '1 minute') END,
    n % 200 = 0, 3, LEAST(size.now, opened_at + interval '1 hour' * pg_temp.pick(n, 58, 240)),
    -- a common one and a rare one
    CASE WHEN n % 4 = 0 THEN '{1}' WHEN n % 500 = 1 THEN '{2}' ELSE '{}' END::bigint[]
FROM size
CROSS JOIN LATERAL (
    SELECT n, age, size.now - interval '3 years' * age AS opened_at,
        pg_temp.pick(n, 59, 1000) AS p, 46 + pg_temp.skewed(n, 60, 355) AS worker,
        pg_temp.pick(n, 61, 100) < CASE WHEN age < 0.15 THEN 70 ELSE 8 END AS active
    FROM generate_series(size.cases_before + 1, size.cases) n
    CROSS JOIN LATERAL (
        SELECT (size.cases - n)::float / (size.cases - size.cases_before) AS age
    ) aged
) numbered;
