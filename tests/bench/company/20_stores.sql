INSERT INTO leases_merchant (id, name)
SELECT n, pg_temp.one_of('{Mueblería,Colchones,Furniture,Electrónica,Appliances,Llantas,Tires,Joyería}'
    ::text[], n, 20) || ' ' || initcap(substr(md5(n::text), 1, 6)) || ' ' || n
FROM size CROSS JOIN generate_series(1, 300) n WHERE size.cases_before = 0;

INSERT INTO leases_store (id, merchant_id, code, name, city, state, phone, tax_rate)
SELECT n, 1 + pg_temp.skewed(n, 21, 300), 'S' || n,
    (ARRAY['Luna', 'Centro', 'Norte', 'Southside', 'Plaza', 'Mall'])[1 + pg_temp.pick(n, 22, 6)] || ' ' || n,
    (ARRAY['San Antonio', 'Laredo', 'McAllen', 'Austin', 'Phoenix', 'Fresno'])[1 + pg_temp.pick(n, 23, 6)],
    (ARRAY['TX', 'TX', 'TX', 'TX', 'AZ', 'CA'])[1 + pg_temp.pick(n, 23, 6)], '', 8.25
FROM size CROSS JOIN generate_series(1, 3000) n WHERE size.cases_before = 0;

INSERT INTO leases_program
    (id, merchant_id, code, name, name_en, name_es, terms, terms_en, terms_es, exchange_terms,
     exchange_terms_en, exchange_terms_es, is_active, approval_days, frequencies, cost_factor,
     buyout_rule, option_fee, exchange_policy, exchange_days, recovery_payments, rescheduling_days,
     restructuring_payments)
SELECT n, n, 'standard', 'Standard', 'Standard', 'Normal', 'T', 'T', 'T', 'E', 'E', 'E', true,
    CASE WHEN n % 10 = 0 THEN 60 END, '{weekly,biweekly,monthly}', 2, 'option', 0, 'same_item', 14,
    4, 14, 3
FROM size CROSS JOIN generate_series(1, 300) n WHERE size.cases_before = 0;

INSERT INTO leases_apikey
    (id, merchant_id, name, prefix, digest, created_by_id, created_at, window_count)
SELECT n, n, 'POS', 'pk_' || lpad(n::text, 8, '0'), md5(n::text) || md5((-n)::text), 16,
    size.now - interval '2 years', 0
FROM size CROSS JOIN generate_series(1, 200) n WHERE size.cases_before = 0;

INSERT INTO leases_webhookendpoint
    (id, merchant_id, url, secret, is_active, created_by_id, created_at)
SELECT n, n, 'https://merchant' || n || '.example/puente', md5(n::text), true, 16,
    size.now - interval '2 years'
FROM size CROSS JOIN generate_series(1, 40) n WHERE size.cases_before = 0;
